using QwenIde.Workspace.Loading;
using QwenIde.Workspace.Loading.ProjectFiles;
using QwenIde.Workspace.Loading.References;

namespace QwenIde.Workspace.Tests.Loading;

/// <summary>The small languages that project files are written in.</summary>
public sealed class ProjectLanguageTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("qwenide-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(null, true)]
    [InlineData("'$(A)' == 'one'", true)]
    [InlineData("'$(a)'=='ONE'", true)]
    [InlineData(" '$(A)' != 'one' ", false)]
    [InlineData("'$(A)' == 'one' and '$(B)' == ''", true)]
    [InlineData("'$(A)' == 'x' or ('$(A)' == 'one' And !('$(B)' == 'b'))", true)]
    [InlineData("$(True)", true)]
    [InlineData("!$(True)", false)]
    [InlineData("$(N) >= 8.0 and $(N) < 11", true)]
    [InlineData("'$(N)' > '9'", true)]
    [InlineData("'1.0' == '1.00'", true)]
    [InlineData("$(A.StartsWith('o'))", true)]
    [InlineData("'$(A.Replace('o', 'b'))' == 'bne'", true)]
    [InlineData("$([MSBuild]::IsTargetFrameworkCompatible('net10.0', 'netstandard2.0'))", true)]
    [InlineData("$([MSBuild]::IsTargetFrameworkCompatible('netstandard2.0', 'net10.0'))", false)]
    [InlineData("$([MSBuild]::VersionGreaterThanOrEquals($(N), '9.0'))", true)]
    [InlineData("Exists('there.props')", true)]
    [InlineData("Exists('../outside.props')", false)]
    [InlineData("HasTrailingSlash('a/')", true)]
    [InlineData("$([System.IO.File]::Exists('there.props'))", false)]
    [InlineData("'%(Item.Meta)' == 'x'", false)]
    [InlineData("'unclosed", false)]
    [InlineData("((((", false)]
    [InlineData("'a' == 'a' nonsense", false)]
    [InlineData("'a' < 'b'", false)]
    public void Conditions_hold_as_in_MSBuild_and_what_cannot_be_read_does_not_hold(string? condition, bool holds)
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "there.props"), "");
        var expander = Expander(("A", "one"), ("True", "true"), ("N", "10.0"));

        Assert.Equal(holds, Condition.Holds(condition, expander, path => File.Exists(Path.Combine(_folder.FullName, path))));
    }

    [Theory]
    [InlineData("$(A)/$(Missing)/$(B)", "one//two")]
    [InlineData("$(A.ToUpper())", "ONE")]
    [InlineData("$(A.Substring(1, 1))$(A.Length)", "n3")]
    [InlineData("$([System.IO.File]::ReadAllText('/etc/passwd'))", "")]
    [InlineData("$([System.Environment]::GetEnvironmentVariable('PATH'))", "")]
    [InlineData("$(PATH)$(HOME)", "")]
    [InlineData("$(Registry:HKEY_LOCAL_MACHINE\\Software@x)", "")]
    [InlineData("$([System.IO.Path]::Combine('a', '$(A)'))", "a/one")]
    [InlineData("$([MSBuild]::GetPathOfFileAbove('secret.txt', '..'))", "")]
    [InlineData("$(unclosed", "$(unclosed")]
    [InlineData("$([MSBuild]::NormalizePath('/x', '..', 'y'))", "/y")]
    public void Properties_expand_and_functions_that_reach_outside_yield_nothing(string text, string expected)
    {
        Assert.SkipUnless(Path.DirectorySeparatorChar == '/', "the expected paths are written for this separator");
        Assert.Equal(expected, Expander(("A", "one"), ("B", "two")).Expand(text));
    }

    [Theory]
    [InlineData("**/*.cs", "a.cs", true)]
    [InlineData("**/*.cs", "x/y/a.cs", true)]
    [InlineData("*.cs", "x/a.cs", false)]
    [InlineData("x/**", "x/y/z.txt", true)]
    [InlineData("x/**/y/*.cs", "x/a/b/y/c.cs", true)]
    [InlineData("x/**/y/*.cs", "x/a/b/y/z/c.cs", false)]
    [InlineData("a?.cs", "ab.cs", true)]
    [InlineData("a?.cs", "abc.cs", false)]
    [InlineData("x\\y.cs", "x/y.cs", true)]
    [InlineData("./x/../y.cs", "y.cs", true)]
    [InlineData("**/.*/**", ".git/a.cs", true)]
    [InlineData("**/.*/**", "git/a.cs", false)]
    public void Patterns_match_as_in_MSBuild(string pattern, string path, bool matches) =>
        Assert.Equal(matches, Glob.Parse(_folder.FullName, pattern)!.Matches(Path.GetFullPath(path, _folder.FullName)));

    [Fact]
    public void A_pattern_made_to_take_for_ever_does_not()
    {
        var pattern = string.Concat(Enumerable.Repeat("**/a*/", 200)) + "b";
        var path = string.Concat(Enumerable.Repeat("aa/", 400)) + "c";

        Assert.False(Glob.Parse(_folder.FullName, pattern)!.Matches(Path.GetFullPath(path, _folder.FullName)));
    }

    [Theory]
    [InlineData("net10.0", FrameworkFamily.NetCore, "10.0", "")]
    [InlineData("net5.0", FrameworkFamily.NetCore, "5.0", "")]
    [InlineData("netcoreapp3.1", FrameworkFamily.NetCore, "3.1", "")]
    [InlineData("net8.0-windows10.0.19041", FrameworkFamily.NetCore, "8.0", "windows10.0.19041")]
    [InlineData("netstandard2.0", FrameworkFamily.NetStandard, "2.0", "")]
    [InlineData(".NETStandard,Version=v2.1", FrameworkFamily.NetStandard, "2.1", "")]
    [InlineData(".NETStandard2.0", FrameworkFamily.NetStandard, "2.0", "")]
    [InlineData("net472", FrameworkFamily.NetFramework, "4.7.2", "")]
    [InlineData("net48", FrameworkFamily.NetFramework, "4.8", "")]
    [InlineData(".NETFramework4.6.1", FrameworkFamily.NetFramework, "4.6.1", "")]
    public void Frameworks_are_read_in_every_spelling(string text, object family, string version, string platform)
    {
        var framework = TargetFrameworkName.Parse(text);
        Assert.Equal(((FrameworkFamily)family, Version.Parse(version), platform), (framework!.Family, framework.Version, framework.Platform));
    }

    [Theory]
    [InlineData("portable-net45+win8")]
    [InlineData("uap10.0")]
    [InlineData("$(Nothing)")]
    [InlineData("")]
    public void Other_frameworks_are_none(string text) => Assert.Null(TargetFrameworkName.Parse(text));

    [Theory]
    [InlineData("net10.0", "net8.0 netstandard2.1 net11.0", "net8.0")]
    [InlineData("net10.0", "netstandard2.0 net472", "netstandard2.0")]
    [InlineData("net10.0", "net10.0-windows net6.0", "net6.0")]
    [InlineData("net472", "net461 netstandard2.0", "net461")]
    [InlineData("net472", "netstandard2.1 netstandard1.3", "netstandard1.3")]
    [InlineData("netstandard2.0", "net8.0 net472", null)]
    public void The_nearest_usable_framework_is_taken(string own, string offered, string? expected) => Assert.Equal(
        expected, TargetFrameworkName.Parse(own)!.Nearest(offered.Split(' ').Select(name => TargetFrameworkName.Parse(name)!))?.Moniker);

    [Fact]
    public void Package_versions_are_ordered_as_NuGet_orders_them()
    {
        string[] ascending = ["1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.2", "1.0.0-alpha.10", "1.0.0-beta", "1.0.0", "1.0.1", "1.2", "1.10.0", "2.0.0.1"];
        Assert.Equal(ascending, ascending.Reverse().OrderBy(PackageVersion.Parse));
    }

    private PropertyExpander Expander(params (string Name, string Value)[] properties) => new(
        properties.Append(("MSBuildProjectDirectory", _folder.FullName)).ToDictionary(
            property => property.Item1, property => property.Item2, StringComparer.OrdinalIgnoreCase),
        new WorkspaceRoot(_folder.FullName, isTrusted: false));
}
