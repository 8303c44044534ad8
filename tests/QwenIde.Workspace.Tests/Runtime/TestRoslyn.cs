using System.Runtime.CompilerServices;

namespace QwenIde.Workspace.Tests.Runtime;

/// <summary>Does for the tests what the composition root does for the product: chooses Roslyn before anything mentions it.</summary>
internal static class TestRoslyn
{
    /// <summary>Names another .NET installation, for the tests that run in a process of their own.</summary>
    internal const string DotNetRootVariable = "QWENIDE_TESTS_DOTNET_ROOT";

#pragma warning disable CA2255 // A test assembly has no entry point of its own that runs early enough.
    [ModuleInitializer]
    internal static void Load() =>
        RoslynRuntime.Load(RoslynLocation.Find(
            Environment.GetEnvironmentVariable(DotNetRootVariable), Path.Combine(AppContext.BaseDirectory, "roslyn")));
#pragma warning restore CA2255
}
