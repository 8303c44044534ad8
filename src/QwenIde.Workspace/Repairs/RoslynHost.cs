using System.Collections.Immutable;
using System.Composition.Hosting;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Host;
using Microsoft.CodeAnalysis.Host.Mef;

namespace QwenIde.Workspace.Repairs;

/// <summary>
/// The part of Roslyn that is composed at run time: the services that every workspace stands on, and the SDK's code fixers
/// where the running Roslyn brings them. Composing takes seconds, so it happens once a process, off the caller's thread.
/// </summary>
internal sealed class RoslynHost
{
    private static readonly Lazy<Task<RoslynHost>> _shared = new(() => Task.Run(Compose));

    private RoslynHost(HostServices services, ImmutableArray<CodeFixProvider> codeFixProviders, ImmutableArray<string> faults)
    {
        Services = services;
        CodeFixProviders = codeFixProviders;
        Faults = faults;
    }

    /// <summary>The one host of this process; the first call starts composing, in the background.</summary>
    public static Task<RoslynHost> Shared => _shared.Value;

    /// <summary>What a workspace must be created with if the SDK's code fixers are to work on its documents.</summary>
    public HostServices Services { get; }

    /// <summary>The C# code fixers; none when the bundled Roslyn runs.</summary>
    public ImmutableArray<CodeFixProvider> CodeFixProviders { get; }

    /// <summary>Fixers that could not be created, each with its reason.</summary>
    public ImmutableArray<string> Faults { get; }

    private static RoslynHost Compose()
    {
        var assemblies = MefHostServices.DefaultAssemblies
            .Concat(Load("Microsoft.CodeAnalysis.Features"))
            .Concat(Load("Microsoft.CodeAnalysis.CSharp.Features"))
            .Where(assembly => !assembly.GetName().Name!.Contains("VisualBasic", StringComparison.Ordinal))
            .Distinct();
        var container = new ContainerConfiguration().WithAssemblies(assemblies).CreateContainer();

        var providers = ImmutableArray.CreateBuilder<CodeFixProvider>();
        var faults = ImmutableArray.CreateBuilder<string>();
        foreach (var export in container.GetExports<Lazy<CodeFixProvider, ProviderMetadata>>())
        {
            if (!export.Metadata.Languages.Contains(LanguageNames.CSharp))
                continue;
            try
            {
                // One fixer that cannot be created must not cost us the others.
                if (export.Value.FixableDiagnosticIds.Any(IsCompilerId))
                    providers.Add(export.Value);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                faults.Add($"{export.Metadata.Name}: {error.GetBaseException().Message}");
            }
        }
        return new RoslynHost(new MefHostServices(container), providers.ToImmutable(), faults.ToImmutable());
    }

    /// <summary>Whether a diagnostic is the C# compiler's own.</summary>
    public static bool IsCompilerId(string id) => id.StartsWith("CS", StringComparison.Ordinal);

    private static IEnumerable<Assembly> Load(string name)
    {
        try
        {
            return [Assembly.Load(new AssemblyName(name))];
        }
        catch (FileNotFoundException)
        {
            return []; // The bundled Roslyn has no Features.
        }
    }

    /// <summary>What an exported fixer says of itself.</summary>
    private sealed class ProviderMetadata(IDictionary<string, object> data)
    {
        public string Name { get; } = data.TryGetValue("Name", out var name) ? name as string ?? "" : "";

        public string[] Languages { get; } = data.TryGetValue("Languages", out var languages) ? languages as string[] ?? [] : [];
    }
}
