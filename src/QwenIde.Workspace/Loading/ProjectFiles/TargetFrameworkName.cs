using System.Globalization;
using System.Text.RegularExpressions;

namespace QwenIde.Workspace.Loading.ProjectFiles;

/// <summary>The families of frameworks that C# projects target.</summary>
internal enum FrameworkFamily
{
    /// <summary>.NET 5 and later, and .NET Core before.</summary>
    NetCore,
    /// <summary>.NET Standard.</summary>
    NetStandard,
    /// <summary>.NET Framework.</summary>
    NetFramework,
}

/// <summary>A target framework, such as <c>net10.0-windows</c>, and what follows from it.</summary>
/// <param name="Moniker">As written in a project file.</param>
/// <param name="Family">Its family.</param>
/// <param name="Version">Its version within the family.</param>
/// <param name="Platform">The operating system that it is tied to, or empty.</param>
internal sealed partial record TargetFrameworkName(string Moniker, FrameworkFamily Family, Version Version, string Platform)
{
    /// <summary>What is assumed where a project names none: the SDK's own.</summary>
    public static TargetFrameworkName Newest { get; } = new("net10.0", FrameworkFamily.NetCore, new Version(10, 0), "");

    /// <summary>The name that MSBuild gives the family.</summary>
    public string Identifier => Family switch
    {
        FrameworkFamily.NetCore => ".NETCoreApp",
        FrameworkFamily.NetStandard => ".NETStandard",
        _ => ".NETFramework",
    };

    /// <summary>The language version that the SDK's compilers choose for it, as Microsoft.CSharp.Core.targets does.</summary>
    public string LanguageVersion => Family switch
    {
        FrameworkFamily.NetCore when Version.Major >= 5 => (9 + Version.Major - 5).ToString(CultureInfo.InvariantCulture) + ".0",
        FrameworkFamily.NetCore when Version.Major >= 3 => "8.0",
        FrameworkFamily.NetStandard when Version >= new Version(2, 1) => "8.0",
        _ => "7.3",
    };

    /// <summary>Reads the short form (<c>netstandard2.0</c>) or the long one (<c>.NETStandard,Version=v2.0</c>, <c>.NETStandard2.0</c>).</summary>
    /// <returns>Null for a framework of another family, such as a portable class library.</returns>
    public static TargetFrameworkName? Parse(string text)
    {
        var match = Pattern().Match(text.Trim().ToLowerInvariant().Replace(",version=v", "", StringComparison.Ordinal));
        if (!match.Success)
            return null;
        var number = match.Groups["version"].Value;
        var family = match.Groups["family"].Value switch
        {
            "netstandard" or ".netstandard" => FrameworkFamily.NetStandard,
            "netcoreapp" or ".netcoreapp" => FrameworkFamily.NetCore,
            "net" when number.Contains('.', StringComparison.Ordinal) && number[0] is not ('2' or '3' or '4') => FrameworkFamily.NetCore,
            _ => FrameworkFamily.NetFramework,
        };
        if (!number.Contains('.', StringComparison.Ordinal))
            number = string.Join('.', number.AsEnumerable()) + (number.Length == 1 ? ".0" : ""); // net472 is 4.7.2, net5 is 5.0
        if (family == FrameworkFamily.NetFramework && number[0] is not ('1' or '2' or '3' or '4'))
            family = FrameworkFamily.NetCore;
        return Version.TryParse(number, out var version)
            ? new TargetFrameworkName(text.Trim(), family, version, match.Groups["platform"].Value)
            : null;
    }

    /// <summary>The framework to show when a project has several: the newest .NET not tied to a platform, else .NET Standard,
    /// else .NET Framework.</summary>
    public static TargetFrameworkName? Choose(IEnumerable<TargetFrameworkName> frameworks) => frameworks
        .OrderBy(framework => framework.Family)
        .ThenBy(framework => framework.Platform.Length > 0)
        .ThenByDescending(framework => framework.Version)
        .FirstOrDefault();

    /// <summary>The nearest of a package's frameworks that a project with this one can use, or null.</summary>
    public TargetFrameworkName? Nearest(IEnumerable<TargetFrameworkName> candidates) => candidates
        .Where(CanUse)
        .OrderBy(candidate => candidate.Family == Family ? 0 : candidate.Family == FrameworkFamily.NetStandard ? 1 : 2)
        .ThenByDescending(candidate => candidate.Version)
        .ThenByDescending(candidate => candidate.Platform.Length)
        .FirstOrDefault();

    /// <summary>The symbols that the SDK defines for <c>#if</c>.</summary>
    public IEnumerable<string> Symbols()
    {
        switch (Family)
        {
            case FrameworkFamily.NetCore:
                if (Version.Major >= 5)
                    yield return "NET";
                yield return "NETCOREAPP";
                yield return Version.Major >= 5 ? $"NET{Version.Major}_{Version.Minor}" : $"NETCOREAPP{Version.Major}_{Version.Minor}";
                for (var major = 5; major <= Version.Major; major++)
                    yield return $"NET{major}_0_OR_GREATER";
                foreach (var older in Older("1.0 1.1 2.0 2.1 2.2 3.0 3.1"))
                    yield return $"NETCOREAPP{older.Replace('.', '_')}_OR_GREATER";
                break;
            case FrameworkFamily.NetStandard:
                yield return "NETSTANDARD";
                yield return $"NETSTANDARD{Version.Major}_{Version.Minor}";
                foreach (var older in Older("1.0 1.1 1.2 1.3 1.4 1.5 1.6 2.0 2.1"))
                    yield return $"NETSTANDARD{older.Replace('.', '_')}_OR_GREATER";
                break;
            default:
                yield return "NETFRAMEWORK";
                yield return "NET" + Version.ToString().Replace(".", "", StringComparison.Ordinal);
                foreach (var older in Older("2.0 3.5 4.0 4.5 4.5.1 4.5.2 4.6 4.6.1 4.6.2 4.7 4.7.1 4.7.2 4.8 4.8.1"))
                    yield return $"NET{older.Replace(".", "", StringComparison.Ordinal)}_OR_GREATER";
                break;
        }

        if (Platform.Length > 0)
            yield return Platform.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '.').ToUpperInvariant();
    }

    private bool CanUse(TargetFrameworkName other)
    {
        if (other.Platform.Length > 0 && !Platform.StartsWith(other.Platform.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '.'), StringComparison.Ordinal))
            return false;
        if (other.Family == Family)
            return other.Version <= Version;
        return other.Family switch
        {
            FrameworkFamily.NetStandard => other.Version <= (Family == FrameworkFamily.NetFramework ? new Version(2, 0) : new Version(2, 1)),
            FrameworkFamily.NetFramework => Family == FrameworkFamily.NetCore, // the SDK's fallback, with a warning
            _ => false,
        };
    }

    private IEnumerable<string> Older(string versions) => versions.Split(' ').Where(version => Version.Parse(version) <= Version);

    [GeneratedRegex(@"^(?<family>\.?netstandard|\.?netcoreapp|\.netframework|net)(?<version>\d+(\.\d+){0,3})(-(?<platform>[a-z0-9.]+))?$",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Pattern();
}
