using System.Diagnostics;
using System.Reflection;

namespace QwenIde.Rpc.Tests.Conformance;

/// <summary>Starts the scripts of <c>tests/rpc-conformance</c>.</summary>
internal static class Node
{
    private static string Folder => typeof(Node).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == "ConformanceFolder").Value!;

    public static Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("node", arguments)
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return Process.Start(start) ?? throw new InvalidOperationException("Node did not start.");
    }
}
