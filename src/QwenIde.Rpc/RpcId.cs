using System.Globalization;

namespace QwenIde.Rpc;

/// <summary>Identifies a request: a whole number or a string (JSON-RPC 2.0 §4). The number 1 and the string "1" differ.</summary>
public readonly record struct RpcId
{
    /// <summary>An id that is a number.</summary>
    public RpcId(long number) => Number = number;

    /// <summary>An id that is a string.</summary>
    public RpcId(string text) => Text = text;

    /// <summary>The number; meaningless when <see cref="Text"/> is set.</summary>
    public long Number { get; }

    /// <summary>The string, or null when the id is a number.</summary>
    public string? Text { get; }

    /// <inheritdoc/>
    public override string ToString() => Text ?? Number.ToString(CultureInfo.InvariantCulture);
}
