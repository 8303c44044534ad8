using System.Reflection;

namespace QwenIde.Sidecar.Startup;

/// <summary>What this program is.</summary>
internal static class Product
{
    /// <summary>The version, as <c>0.1.0</c>.</summary>
    public static string Version { get; } =
        typeof(Product).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
            .InformationalVersion.Split('+')[0];
}
