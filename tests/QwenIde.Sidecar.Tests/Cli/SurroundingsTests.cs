using QwenIde.Sidecar.Startup;

namespace QwenIde.Sidecar.Tests.Cli;

public sealed class SurroundingsTests
{
    [Theory]
    [InlineData("DOTNET_STARTUP_HOOKS")]
    [InlineData("MSBuildSDKsPath")]
    [InlineData("MSBUILD_EXE_PATH")]
    [InlineData("CORECLR_ENABLE_PROFILING")]
    [InlineData("LD_PRELOAD")]
    [InlineData("GITHUB_TOKEN")]
    [InlineData("NuGetPackageSourceCredentials_private")]
    public void Children_do_not_inherit_what_injects_code_or_carries_secrets(string name) =>
        Assert.True(Surroundings.IsUnfitForChildren(name));

    [Theory]
    [InlineData("PATH")]
    [InlineData("HOME")]
    [InlineData("NUGET_PACKAGES")]
    [InlineData("DOTNET_CLI_TELEMETRY_OPTOUT")]
    public void Children_inherit_what_they_need(string name) => Assert.False(Surroundings.IsUnfitForChildren(name));
}
