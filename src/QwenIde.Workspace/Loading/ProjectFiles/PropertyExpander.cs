using System.Globalization;
using System.Text;

namespace QwenIde.Workspace.Loading.ProjectFiles;

/// <summary>
/// Expands <c>$(…)</c> in project files: properties, and the few functions that project files commonly use. Whatever else
/// is written there (functions that read files, environment variables, the registry) yields nothing: nobody's code runs here.
/// </summary>
/// <param name="properties">The properties as set so far.</param>
/// <param name="root">Functions that look for files look no further.</param>
internal sealed class PropertyExpander(IReadOnlyDictionary<string, string> properties, WorkspaceRoot root)
{
    private const int DeepestNesting = 16;

    /// <summary>Expands every <c>$(…)</c> in a text.</summary>
    public string Expand(string text) => Expand(text, 0);

    private string Expand(string text, int depth)
    {
        if (depth > DeepestNesting || !text.Contains("$(", StringComparison.Ordinal))
            return text;
        var result = new StringBuilder();
        for (var i = 0; i < text.Length;)
        {
            if (text[i] == '$' && i + 1 < text.Length && text[i + 1] == '(' && Closing(text, i + 1) is var end && end > 0)
            {
                result.Append(Value(text[(i + 2)..end].Trim(), depth + 1));
                i = end + 1;
            }
            else
            {
                result.Append(text[i++]);
            }
        }

        return result.ToString();
    }

    private string Value(string expression, int depth)
    {
        if (expression.StartsWith('['))
            return StaticCall(expression, depth);
        var dot = expression.IndexOf('.', StringComparison.Ordinal);
        var name = (dot < 0 ? expression : expression[..dot]).Trim();
        var value = properties.GetValueOrDefault(name, "");
        return dot < 0 ? value : Members(value, expression[dot..], depth);
    }

    /// <summary>A chain such as <c>.Replace('a', 'b').ToLower()</c>.</summary>
    private string Members(string value, string chain, int depth)
    {
        while (chain.StartsWith('.'))
        {
            var open = chain.IndexOf('(', StringComparison.Ordinal);
            if (open < 0)
                return chain == ".Length" ? value.Length.ToString(CultureInfo.InvariantCulture) : "";
            var close = Closing(chain, open);
            if (close < 0)
                return "";
            value = Call(value, chain[1..open].Trim(), Arguments(chain[(open + 1)..close], depth));
            chain = chain[(close + 1)..].Trim();
        }

        return chain.Length == 0 ? value : "";
    }

    private static string Call(string value, string method, string[] arguments) => (method, arguments) switch
    {
        ("StartsWith", [var text]) => Bool(value.StartsWith(text, StringComparison.Ordinal)),
        ("EndsWith", [var text]) => Bool(value.EndsWith(text, StringComparison.Ordinal)),
        ("Contains", [var text]) => Bool(value.Contains(text, StringComparison.Ordinal)),
        ("Equals", [var text]) => Bool(value == text),
        ("Replace", [{ Length: > 0 } old, var fresh]) => value.Replace(old, fresh, StringComparison.Ordinal),
        ("ToLower" or "ToLowerInvariant", []) => value.ToLowerInvariant(),
        ("ToUpper" or "ToUpperInvariant", []) => value.ToUpperInvariant(),
        ("Trim", []) => value.Trim(),
        ("TrimStart", [var characters]) => value.TrimStart([.. characters]),
        ("TrimEnd", [var characters]) => value.TrimEnd([.. characters]),
        ("Substring", [var start]) when int.TryParse(start, out var from) && from >= 0 && from <= value.Length => value[from..],
        ("Substring", [var start, var length]) when int.TryParse(start, out var from) && int.TryParse(length, out var count)
            && from >= 0 && count >= 0 && from + count <= value.Length => value.Substring(from, count),
        _ => "",
    };

    private string StaticCall(string expression, int depth)
    {
        var bracket = expression.IndexOf("]::", StringComparison.Ordinal);
        var open = bracket < 0 ? -1 : expression.IndexOf('(', bracket);
        var close = open < 0 ? -1 : Closing(expression, open);
        if (close < 0)
            return "";
        var arguments = Arguments(expression[(open + 1)..close], depth);
        var result = (expression[1..bracket].Trim(), expression[(bracket + 3)..open].Trim(), arguments) switch
        {
            ("MSBuild", "GetPathOfFileAbove", [var file, ..]) => FileAbove(file, arguments.ElementAtOrDefault(1)) ?? "",
            ("MSBuild", "GetDirectoryNameOfFileAbove", [var folder, var file]) =>
                Path.GetDirectoryName(FileAbove(file, folder)) ?? "",
            ("MSBuild", "NormalizePath", _) => PathNames.Resolve(ProjectDirectory, Path.Combine(Native(arguments))) ?? "",
            ("MSBuild", "NormalizeDirectory" or "EnsureTrailingSlash", _) => Slashed(PathNames.Resolve(ProjectDirectory, Path.Combine(Native(arguments)))),
            ("MSBuild", "ValueOrDefault", [var value, var otherwise]) => value.Length > 0 ? value : otherwise,
            ("MSBuild", "IsTargetFrameworkCompatible", [var target, var candidate]) =>
                Bool(TargetFrameworkName.Parse(target) is { } mine && TargetFrameworkName.Parse(candidate) is { } other
                    && mine.Nearest([other]) is not null),
            ("MSBuild", "GetTargetFrameworkIdentifier", [var target]) => TargetFrameworkName.Parse(target)?.Identifier ?? "",
            ("MSBuild", "GetTargetFrameworkVersion", [var target, ..]) => TargetFrameworkName.Parse(target)?.Version.ToString() ?? "",
            ("MSBuild", "GetTargetPlatformIdentifier", [var target]) =>
                TargetFrameworkName.Parse(target)?.Platform.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '.') ?? "",
            ("MSBuild", "IsOSPlatform" or "IsOsPlatform", [var platform]) => Bool(OperatingSystem.IsOSPlatform(platform)),
            ("MSBuild", "VersionGreaterThanOrEquals", [var left, var right]) => Bool(Compare(left, right) >= 0),
            ("MSBuild", "VersionGreaterThan", [var left, var right]) => Bool(Compare(left, right) > 0),
            ("MSBuild", "VersionLessThanOrEquals", [var left, var right]) => Bool(Compare(left, right) <= 0),
            ("MSBuild", "VersionLessThan", [var left, var right]) => Bool(Compare(left, right) < 0),
            ("MSBuild", "VersionEquals", [var left, var right]) => Bool(Compare(left, right) == 0),
            ("System.IO.Path", "Combine", _) => Path.Combine(Native(arguments)),
            ("System.IO.Path", "GetFullPath", [var path]) => PathNames.Resolve(ProjectDirectory, path) ?? "",
            ("System.IO.Path", "GetFileName", [var path]) => Path.GetFileName(PathNames.WithNativeSeparators(path)),
            ("System.IO.Path", "GetFileNameWithoutExtension", [var path]) => Path.GetFileNameWithoutExtension(PathNames.WithNativeSeparators(path)),
            ("System.IO.Path", "GetDirectoryName", [var path]) => Path.GetDirectoryName(PathNames.WithNativeSeparators(path)) ?? "",
            ("System.String", "IsNullOrEmpty", [var text]) => Bool(text.Length == 0),
            ("System.String", "IsNullOrWhiteSpace", [var text]) => Bool(string.IsNullOrWhiteSpace(text)),
            _ => "",
        };
        return Members(result, expression[(close + 1)..].Trim(), depth);
    }

    private string ProjectDirectory => properties.GetValueOrDefault("MSBuildProjectDirectory", root.Directory);

    private string? FileAbove(string file, string? start)
    {
        var from = string.IsNullOrEmpty(start) ? properties.GetValueOrDefault("MSBuildThisFileDirectory", ProjectDirectory) : start;
        for (var folder = PathNames.Resolve(ProjectDirectory, from); folder is not null && root.Allows(folder); folder = Path.GetDirectoryName(folder))
            if (PathNames.Resolve(folder, file) is { } path && root.Allows(path) && File.Exists(path))
                return path;
        return null;
    }

    private string[] Arguments(string text, int depth)
    {
        var arguments = new List<string>();
        var start = 0;
        var quote = '\0';
        var nesting = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            var c = i < text.Length ? text[i] : ',';
            if (i == text.Length || (c == ',' && quote == 0 && nesting == 0))
            {
                var argument = text[start..i].Trim();
                start = i + 1;
                if (argument.Length >= 2 && argument[0] is '\'' or '"' or '`' && argument[^1] == argument[0])
                    argument = argument[1..^1];
                else if (argument.Length == 0 && i == text.Length && arguments.Count == 0)
                    break;
                arguments.Add(Expand(argument, depth));
            }
            else if (quote != 0)
            {
                quote = c == quote ? '\0' : quote;
            }
            else if (c is '\'' or '"' or '`')
            {
                quote = c;
            }
            else
            {
                nesting += c == '(' ? 1 : c == ')' ? -1 : 0;
            }
        }

        return [.. arguments];
    }

    /// <summary>The index of the parenthesis that closes the one at <paramref name="open"/>, or −1.</summary>
    private static int Closing(string text, int open)
    {
        var quote = '\0';
        for (int i = open, depth = 0; i < text.Length; i++)
        {
            if (quote != 0)
                quote = text[i] == quote ? '\0' : quote;
            else if (text[i] is '\'' or '"' or '`')
                quote = text[i];
            else if (text[i] == '(')
                depth++;
            else if (text[i] == ')' && --depth == 0)
                return i;
        }

        return -1;
    }

    private static int Compare(string left, string right) => Number(left).CompareTo(Number(right));

    private static Version Number(string text)
    {
        text = text.TrimStart('v', 'V');
        return Version.TryParse(text.Contains('.', StringComparison.Ordinal) ? text : text + ".0", out var version) ? version : new Version();
    }

    private static string[] Native(string[] paths) => [.. paths.Select(PathNames.WithNativeSeparators)];

    private static string Slashed(string? path) =>
        path is null || Path.EndsInDirectorySeparator(path) ? path ?? "" : path + Path.DirectorySeparatorChar;

    private static string Bool(bool value) => value ? "True" : "False";
}
