using System.Runtime.CompilerServices;

namespace QwenIde.Workspace.Tests.Runtime;

/// <summary>Does for the tests what the composition root does for the product: chooses Roslyn before anything mentions it.</summary>
internal static class TestRoslyn
{
#pragma warning disable CA2255 // A test assembly has no entry point of its own that runs early enough.
    [ModuleInitializer]
    internal static void Load() =>
        RoslynRuntime.Load(RoslynLocation.Find(dotnetRoot: null, Path.Combine(AppContext.BaseDirectory, "roslyn")));
#pragma warning restore CA2255
}
