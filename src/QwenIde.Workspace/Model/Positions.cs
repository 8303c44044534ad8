namespace QwenIde.Workspace;

/// <summary>A place in a text: zero-based line, and zero-based UTF-16 code unit within it.</summary>
public readonly record struct TextPosition(int Line, int Character) : IComparable<TextPosition>
{
    /// <inheritdoc/>
    public int CompareTo(TextPosition other) =>
        Line != other.Line ? Line.CompareTo(other.Line) : Character.CompareTo(other.Character);

    /// <summary>Whether one position stands before another.</summary>
    public static bool operator <(TextPosition left, TextPosition right) => left.CompareTo(right) < 0;

    /// <summary>Whether one position stands after another.</summary>
    public static bool operator >(TextPosition left, TextPosition right) => left.CompareTo(right) > 0;

    /// <summary>Whether one position stands before another, or at it.</summary>
    public static bool operator <=(TextPosition left, TextPosition right) => left.CompareTo(right) <= 0;

    /// <summary>Whether one position stands after another, or at it.</summary>
    public static bool operator >=(TextPosition left, TextPosition right) => left.CompareTo(right) >= 0;
}

/// <summary>A stretch of text; <see cref="End"/> is exclusive.</summary>
public readonly record struct TextRange(TextPosition Start, TextPosition End)
{
    /// <summary>Whether the two stretches share a position; touching ends count.</summary>
    public bool Touches(TextRange other) => Start <= other.End && other.Start <= End;
}
