using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace QwenIde.Workspace.Tests.Runtime;

public sealed class RoslynLocationTests
{
    [Fact]
    public void The_running_Roslyn_is_the_SDKs_own()
    {
        Assert.StartsWith("SDK ", RoslynRuntime.Loaded.Description, StringComparison.Ordinal);
        Assert.StartsWith(RoslynRuntime.Loaded.SdkDirectory!, typeof(CSharpCompilation).Assembly.Location, StringComparison.Ordinal);
        Assert.StartsWith(RoslynRuntime.Loaded.SdkDirectory!, typeof(Solution).Assembly.Location, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_Roslyns_do_not_mix_in_one_process() =>
        Assert.Throws<InvalidOperationException>(() => RoslynRuntime.Load(RoslynRuntime.Loaded));
}
