using System.Collections.Immutable;
using System.Xml;

namespace QwenIde.Workspace.Loading.ProjectFiles;

/// <summary>Turns a project file into a <see cref="ProjectDescription"/>.</summary>
/// <param name="root">Nothing outside is read.</param>
internal sealed class ProjectFileReader(WorkspaceRoot root)
{
    /// <summary>Reads a project file.</summary>
    /// <returns>Null, with an issue that says why, if it cannot be read.</returns>
    public ProjectDescription? Read(string path, ICollection<LoadIssue> issues)
    {
        try
        {
            var evaluation = ProjectEvaluation.Read(path, root, targetFramework: null);
            var frameworks = Frameworks(evaluation.Properties);
            var chosen = TargetFrameworkName.Choose(frameworks);
            if (EvaluatedItem.Split(evaluation.Properties.GetValueOrDefault("TargetFrameworks", "")).Length > 0 && chosen is not null)
                evaluation = ProjectEvaluation.Read(path, root, chosen.Moniker);
            return Describe(path, evaluation, chosen ?? OldStyleFramework(evaluation.Properties), frameworks, issues);
        }
        catch (XmlException exception)
        {
            var line = exception.LineNumber > 0 ? $" at line {exception.LineNumber}" : "";
            issues.Add(new LoadIssue(ProblemSeverity.Error,
                $"{Path.GetFileName(path)} is left out, for it is broken{line}: {Clause(exception.Message)}.", path));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            issues.Add(new LoadIssue(ProblemSeverity.Error, $"{Path.GetFileName(path)} is left out, for {path} does not exist.", path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            issues.Add(new LoadIssue(ProblemSeverity.Error,
                $"{Path.GetFileName(path)} is left out, for it cannot be read: {Clause(exception.Message)}.", path));
        }

        return null;
    }

    /// <summary>The project that stands for a folder of source files without any project file: .NET's newest, implicit usings on.</summary>
    public ProjectDescription ForFolder(string directory, ICollection<LoadIssue> issues)
    {
        var properties = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        SdkDefaults.AtFirst("Microsoft.NET.Sdk", (name, value) => properties[name] = value);
        SdkDefaults.BeforeProject(properties, (name, value) => properties[name] = value);
        properties["Nullable"] = "enable";
        return new ProjectDescription
        {
            Name = Path.GetFileName(directory),
            Path = directory,
            Directory = directory,
            Framework = TargetFrameworkName.Newest,
            Properties = properties,
            Compile = new CompileItems(directory, properties, [], root, issues),
            GlobalUsings = [.. SdkDefaults.ImplicitUsings(properties, TargetFrameworkName.Newest)],
        };
    }

    private ProjectDescription Describe(
        string path, ProjectEvaluation evaluation, TargetFrameworkName framework, TargetFrameworkName[] frameworks,
        ICollection<LoadIssue> issues)
    {
        foreach (var issue in evaluation.Issues)
            issues.Add(issue);
        var directory = Path.GetDirectoryName(path)!;
        var properties = evaluation.Properties;
        return new ProjectDescription
        {
            Name = Path.GetFileNameWithoutExtension(path),
            Path = path,
            Directory = directory,
            Framework = framework,
            OtherFrameworks = [.. frameworks.Where(other => other != framework).Select(other => other.Moniker)],
            Properties = properties,
            Compile = new CompileItems(directory, properties, evaluation.Items, root, issues),
            GlobalUsings = [.. GlobalUsings(properties, evaluation.Items, framework)],
            Projects = [.. Links(evaluation, directory)],
            Packages = [.. Packages(evaluation)],
            Frameworks = [.. SdkDefaults.ImplicitFrameworks(properties)
                .Concat(Included(evaluation, "FrameworkReference").SelectMany(item => item.Parts))
                .Where(name => name != "Microsoft.NETCore.App").Distinct(StringComparer.OrdinalIgnoreCase)],
            Assemblies = [.. Files(evaluation, "Reference", directory, item => item["HintPath"] is { Length: > 0 } hint ? hint : item.Specification)
                .Where(file => file.EndsWith(".dll", StringComparison.OrdinalIgnoreCase))],
            Friends = [.. Friends(evaluation)],
            AdditionalFiles = [.. Files(evaluation, "AdditionalFiles", directory, item => item.Specification)],
            Inputs = [.. evaluation.Files],
        };
    }

    private static TargetFrameworkName[] Frameworks(IReadOnlyDictionary<string, string> properties)
    {
        var several = EvaluatedItem.Split(properties.GetValueOrDefault("TargetFrameworks", ""));
        var names = several.Length > 0 ? several : [properties.GetValueOrDefault("TargetFramework", "")];
        return [.. names.Select(TargetFrameworkName.Parse).OfType<TargetFrameworkName>()];
    }

    private static TargetFrameworkName OldStyleFramework(IReadOnlyDictionary<string, string> properties) =>
        SdkDefaults.IsSdkStyle(properties)
            ? TargetFrameworkName.Newest
            : TargetFrameworkName.Parse(".NETFramework" + properties.GetValueOrDefault("TargetFrameworkVersion", "v4.8").TrimStart('v'))
                ?? TargetFrameworkName.Newest;

    private static IEnumerable<EvaluatedItem> Included(ProjectEvaluation evaluation, string type) => evaluation.Items
        .Where(item => item.Operation == ItemOperation.Include && item.Type.Equals(type, StringComparison.OrdinalIgnoreCase));

    /// <summary>The parts of all items of a type that are left after their removals.</summary>
    private static List<(string Part, EvaluatedItem Item)> Remaining(ProjectEvaluation evaluation, string type)
    {
        var remaining = new List<(string Part, EvaluatedItem Item)>();
        foreach (var item in evaluation.Items.Where(item => item.Type.Equals(type, StringComparison.OrdinalIgnoreCase)))
            if (item.Operation == ItemOperation.Include)
                remaining.AddRange(item.Parts.Select(part => (part, item)));
            else if (item.Operation == ItemOperation.Remove)
                remaining.RemoveAll(entry => item.Parts.Contains(entry.Part, StringComparer.OrdinalIgnoreCase));
        return remaining;
    }

    private static IEnumerable<string> GlobalUsings(
        IReadOnlyDictionary<string, string> properties, IReadOnlyList<EvaluatedItem> items, TargetFrameworkName framework)
    {
        var usings = new List<string>();
        if (SdkDefaults.IsTrue(properties, "ImplicitUsings"))
            usings.AddRange(SdkDefaults.ImplicitUsings(properties, framework));
        foreach (var item in items.Where(item => item.Type.Equals("Using", StringComparison.OrdinalIgnoreCase)))
        {
            if (item.Operation == ItemOperation.Remove)
                usings.RemoveAll(name => item.Parts.Contains(name, StringComparer.Ordinal));
            else if (item.Operation == ItemOperation.Include)
                usings.AddRange(item.Parts.Select(name =>
                    item["Alias"] is { Length: > 0 } alias ? $"{alias} = {name}" : item.Says("Static") ? $"static {name}" : name));
        }

        return usings.Distinct(StringComparer.Ordinal);
    }

    private static IEnumerable<ProjectLink> Links(ProjectEvaluation evaluation, string directory)
    {
        foreach (var (part, item) in Remaining(evaluation, "ProjectReference"))
        {
            if (PathNames.Resolve(directory, part) is not { } path)
                continue;
            var isGenerator = item["OutputItemType"].Equals("Analyzer", StringComparison.OrdinalIgnoreCase);
            yield return new ProjectLink(
                path, isGenerator,
                IsLinked: !isGenerator && !item["ReferenceOutputAssembly"].Equals("false", StringComparison.OrdinalIgnoreCase),
                [.. item["Aliases"].Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)]);
        }
    }

    private static IEnumerable<PackageRequest> Packages(ProjectEvaluation evaluation)
    {
        var central = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var item in evaluation.Items.Where(item => item.Type.Equals("PackageVersion", StringComparison.OrdinalIgnoreCase)))
            foreach (var name in item.Parts)
                central[name] = item["Version"];
        var updates = evaluation.Items.Where(item => item.Operation == ItemOperation.Update
            && item.Type.Equals("PackageReference", StringComparison.OrdinalIgnoreCase) && item["Version"].Length > 0).ToArray();

        return Remaining(evaluation, "PackageReference").Concat(Remaining(evaluation, "GlobalPackageReference"))
            .DistinctBy(entry => entry.Part, StringComparer.OrdinalIgnoreCase)
            .Select(entry => new PackageRequest(
                entry.Part,
                FirstSet(entry.Item["VersionOverride"],
                    Array.FindLast(updates, item => item.Parts.Contains(entry.Part, StringComparer.OrdinalIgnoreCase))?["Version"],
                    entry.Item["Version"], central.GetValueOrDefault(entry.Part)),
                IsPrivate: Lists(entry.Item["PrivateAssets"], "all", "compile")
                    || entry.Item.Type.Equals("GlobalPackageReference", StringComparison.OrdinalIgnoreCase),
                IsCompiled: !Lists(entry.Item["ExcludeAssets"], "all", "compile")
                    && (entry.Item["IncludeAssets"].Length == 0 || Lists(entry.Item["IncludeAssets"], "all", "compile"))));

        static bool Lists(string assets, params string[] kinds) =>
            EvaluatedItem.Split(assets).Intersect(kinds, StringComparer.OrdinalIgnoreCase).Any();

        static string FirstSet(params string?[] values) => values.FirstOrDefault(value => !string.IsNullOrEmpty(value)) ?? "";
    }

    private IEnumerable<string> Files(ProjectEvaluation evaluation, string type, string directory, Func<EvaluatedItem, string> name) =>
        from item in Included(evaluation, type)
        from part in EvaluatedItem.Split(name(item))
        let path = part.Contains('*', StringComparison.Ordinal) ? null : PathNames.Resolve(directory, part)
        where path is not null && root.Allows(path) && File.Exists(path)
        select path;

    private static IEnumerable<string> Friends(ProjectEvaluation evaluation)
    {
        var byItem = evaluation.Items
            .Where(item => item.Operation == ItemOperation.Include
                && item.Type.StartsWith(SdkDefaults.Friends, StringComparison.OrdinalIgnoreCase))
            .SelectMany(item => item.Parts);
        var byAttribute = Included(evaluation, "AssemblyAttribute")
            .Where(item => item.Specification.EndsWith("InternalsVisibleToAttribute", StringComparison.Ordinal)
                || item.Specification.EndsWith("InternalsVisibleTo", StringComparison.Ordinal))
            .Select(item => item["_Parameter1"]);
        // A key would bind the grant to signed assemblies, and nothing is signed here.
        return byItem.Concat(byAttribute).Select(name => name.Split(',')[0].Trim()).Where(name => name.Length > 0).Distinct();
    }

    private static string Clause(string message) => message.TrimEnd('.', ' ');
}
