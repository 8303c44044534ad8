using System.Globalization;

namespace QwenIde.Workspace.Loading.ProjectFiles;

/// <summary>
/// Decides MSBuild's conditions: comparisons, <c>and</c>, <c>or</c>, <c>!</c>, parentheses, <c>Exists</c> within the
/// workspace. A condition that cannot be read does not hold.
/// </summary>
internal sealed class Condition
{
    private readonly string _text;
    private readonly PropertyExpander _expander;
    private readonly Func<string, bool> _exists;
    private int _at;

    private Condition(string text, PropertyExpander expander, Func<string, bool> exists) =>
        (_text, _expander, _exists) = (text, expander, exists);

    /// <summary>Whether a condition holds; an absent one does.</summary>
    public static bool Holds(string? text, PropertyExpander expander, Func<string, bool> exists)
    {
        if (string.IsNullOrWhiteSpace(text))
            return true;
        try
        {
            var condition = new Condition(text, expander, exists);
            var holds = condition.Or(0);
            return holds && condition.Peek() == '\0';
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private bool Or(int depth)
    {
        var holds = And(depth);
        while (TryWord("or"))
            holds |= And(depth);
        return holds;
    }

    private bool And(int depth)
    {
        var holds = Term(depth);
        while (TryWord("and"))
            holds &= Term(depth);
        return holds;
    }

    private bool Term(int depth)
    {
        const int DeepestNesting = 64;
        if (depth > DeepestNesting)
            throw new FormatException();
        if (Peek() == '!' && (_at + 1 >= _text.Length || _text[_at + 1] != '='))
        {
            _at++;
            return !Term(depth + 1);
        }

        if (TryTake('('))
        {
            var holds = Or(depth + 1);
            return TryTake(')') ? holds : throw new FormatException();
        }

        var left = Operand();
        if (Peek() == '(' && left is "Exists" or "HasTrailingSlash")
        {
            _at++;
            var argument = Operand();
            if (!TryTake(')'))
                throw new FormatException();
            return left == "Exists" ? _exists(argument) : argument.EndsWith('/') || argument.EndsWith('\\');
        }

        var @operator = Operator();
        return @operator is null ? IsTrue(left) : Compare(left, @operator, Operand());
    }

    private static bool Compare(string left, string @operator, string right)
    {
        switch (@operator)
        {
            case "==":
                return AreEqual(left, right);
            case "!=":
                return !AreEqual(left, right);
        }

        // MSBuild compares numbers and versions; anything else is an error, which here does not hold.
        if (!TryNumber(left, out var a) || !TryNumber(right, out var b))
            return false;
        return @operator switch
        {
            "<" => a < b,
            "<=" => a <= b,
            ">" => a > b,
            _ => a >= b,
        };
    }

    private static bool AreEqual(string left, string right) =>
        left.Equals(right, StringComparison.OrdinalIgnoreCase)
        || (double.TryParse(left, NumberStyles.Float, CultureInfo.InvariantCulture, out var a)
            && double.TryParse(right, NumberStyles.Float, CultureInfo.InvariantCulture, out var b) && a.Equals(b));

    private static bool TryNumber(string text, out Version number)
    {
        text = text.TrimStart('v', 'V');
        return Version.TryParse(text.Contains('.', StringComparison.Ordinal) ? text : text + ".0", out number!);
    }

    private static bool IsTrue(string text) =>
        text.Equals("true", StringComparison.OrdinalIgnoreCase) || text.Equals("on", StringComparison.OrdinalIgnoreCase)
        || text.Equals("yes", StringComparison.OrdinalIgnoreCase);

    private string Operand()
    {
        if (Peek() == '\'')
        {
            // A quote inside $(…) belongs to the function called there.
            var start = ++_at;
            for (var nesting = 0; _at < _text.Length; _at++)
            {
                if (_text[_at] == '$' && _at + 1 < _text.Length && _text[_at + 1] == '(')
                    nesting++;
                else if (_text[_at] == ')' && nesting > 0)
                    nesting--;
                else if (_text[_at] == '\'' && nesting == 0)
                    return _expander.Expand(_text[start.._at++]);
            }

            throw new FormatException();
        }

        var from = _at;
        for (var nesting = 0; _at < _text.Length; _at++)
        {
            var c = _text[_at];
            if (c == '(' && (nesting > 0 || (_at > from && _text[_at - 1] == '$')))
                nesting++;
            else if (c == ')' && nesting > 0)
                nesting--;
            else if (nesting == 0 && (char.IsWhiteSpace(c) || c is '(' or ')' or '=' or '!' or '<' or '>' or '\''))
                break;
        }

        return _at > from ? _expander.Expand(_text[from.._at]) : throw new FormatException();
    }

    private string? Operator()
    {
        Peek();
        foreach (var candidate in (string[])["==", "!=", "<=", ">=", "<", ">"])
            if (string.CompareOrdinal(_text, _at, candidate, 0, candidate.Length) == 0)
            {
                _at += candidate.Length;
                return candidate;
            }

        return null;
    }

    private bool TryWord(string word)
    {
        Peek();
        var end = _at + word.Length;
        if (end > _text.Length || string.Compare(_text, _at, word, 0, word.Length, StringComparison.OrdinalIgnoreCase) != 0
            || (end < _text.Length && char.IsLetterOrDigit(_text[end])))
            return false;
        _at = end;
        return true;
    }

    private bool TryTake(char character)
    {
        if (Peek() != character)
            return false;
        _at++;
        return true;
    }

    private char Peek()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at]))
            _at++;
        return _at < _text.Length ? _text[_at] : '\0';
    }
}
