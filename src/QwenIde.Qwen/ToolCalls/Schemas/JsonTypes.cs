using System.Diagnostics.CodeAnalysis;

namespace QwenIde.Qwen.ToolCalls.Schemas;

/// <summary>The types of JSON values that a schema allows. Integers are numbers too: <see cref="Number"/> allows them.</summary>
[Flags]
[SuppressMessage("Naming", "CA1720", Justification = "These are the names that JSON schema gives its types.")]
public enum JsonTypes
{
    /// <summary>No value at all.</summary>
    None = 0,

    /// <summary><c>null</c>.</summary>
    Null = 1,

    /// <summary>A whole number, of any size.</summary>
    Integer = 2,

    /// <summary>Any number.</summary>
    Number = 4,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Boolean = 8,

    /// <summary>An object.</summary>
    Object = 16,

    /// <summary>An array.</summary>
    Array = 32,

    /// <summary>A string.</summary>
    String = 64,

    /// <summary>Whatever JSON can say.</summary>
    Any = Null | Integer | Number | Boolean | Object | Array | String,
}
