using System.Text.Json;
using System.Text.Json.Serialization;

namespace QwenIde.Protocol.Lsp;

/// <summary>A line for the log, or a message for a person.</summary>
public sealed record MessageParams
{
    /// <summary>How grave.</summary>
    public required MessageType Type { get; init; }

    /// <summary>What.</summary>
    public required string Message { get; init; }
}

/// <summary>How grave a message is.</summary>
public enum MessageType
{
    /// <summary>Something failed.</summary>
    Error = 1,

    /// <summary>Something needs attention.</summary>
    Warning = 2,

    /// <summary>Worth knowing.</summary>
    Info = 3,

    /// <summary>For the log.</summary>
    Log = 4,
}

/// <summary>Names a progress: to create or to cancel it.</summary>
public sealed record WorkDoneProgressTokenParams
{
    /// <summary>Its token.</summary>
    public required NumberOrText Token { get; init; }
}

/// <summary>A step of a progress.</summary>
public sealed record ProgressParams
{
    /// <summary>Of which.</summary>
    public required NumberOrText Token { get; init; }

    /// <summary>What happened.</summary>
    public required WorkDoneProgress Value { get; init; }
}

/// <summary>A step of a progress that people see.</summary>
[JsonConverter(typeof(Converter))]
public abstract record WorkDoneProgress
{
    /// <summary>Tells the kinds apart.</summary>
    public abstract string Kind { get; }

    internal sealed class Converter() : KindConverter<WorkDoneProgress>("kind")
    {
        protected override Type? TypeFor(string kind) => kind switch
        {
            "begin" => typeof(WorkDoneProgressBegin),
            "report" => typeof(WorkDoneProgressReport),
            "end" => typeof(WorkDoneProgressEnd),
            _ => null,
        };

        protected override WorkDoneProgress Unknown(JsonElement value) =>
            throw new JsonException("A progress's kind is 'begin', 'report' or 'end'.");
    }
}

/// <summary>The beginning.</summary>
public sealed record WorkDoneProgressBegin : WorkDoneProgress
{
    /// <summary><c>begin</c>.</summary>
    public override string Kind => "begin";

    /// <summary>What is done.</summary>
    public required string Title { get; init; }

    /// <summary>Whether it can be cancelled.</summary>
    public bool? Cancellable { get; init; }

    /// <summary>What is done first.</summary>
    public string? Message { get; init; }

    /// <summary>0 to 100; null throughout when unknown.</summary>
    public int? Percentage { get; init; }
}

/// <summary>A step on the way.</summary>
public sealed record WorkDoneProgressReport : WorkDoneProgress
{
    /// <summary><c>report</c>.</summary>
    public override string Kind => "report";

    /// <summary>Whether it can be cancelled.</summary>
    public bool? Cancellable { get; init; }

    /// <summary>What is done now.</summary>
    public string? Message { get; init; }

    /// <summary>0 to 100, never less than before.</summary>
    public int? Percentage { get; init; }
}

/// <summary>The end.</summary>
public sealed record WorkDoneProgressEnd : WorkDoneProgress
{
    /// <summary><c>end</c>.</summary>
    public override string Kind => "end";

    /// <summary>What came of it.</summary>
    public string? Message { get; init; }
}
