using System.Xml;
using System.Xml.Linq;

namespace QwenIde.Workspace.Loading.ProjectFiles;

/// <summary>
/// Reads a project file and what it imports from inside the workspace as plain data: properties first, then items, each in
/// the order in which MSBuild would meet them. The SDK's own files are not read; the few defaults that matter stand in
/// <see cref="SdkDefaults"/>. No target, no task and no function with an effect is ever run.
/// </summary>
internal sealed class ProjectEvaluation
{
    private const int MostImports = 200;

    private readonly Dictionary<string, string> _properties = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _fixed = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<(XElement Group, string File)> _itemGroups = [];
    private readonly List<EvaluatedItem> _items = [];
    private readonly List<LoadIssue> _issues = [];
    private readonly HashSet<string> _imported = new(PathNames.Comparer);
    private readonly WorkspaceRoot _root;
    private readonly PropertyExpander _expander;
    private readonly string _project;

    private ProjectEvaluation(string project, WorkspaceRoot root)
    {
        _project = project;
        _root = root;
        _expander = new PropertyExpander(_properties, root);
    }

    /// <summary>The properties, case ignored.</summary>
    public IReadOnlyDictionary<string, string> Properties => _properties;

    /// <summary>The item elements in order.</summary>
    public IReadOnlyList<EvaluatedItem> Items => _items;

    /// <summary>What could not be followed.</summary>
    public IReadOnlyList<LoadIssue> Issues => _issues;

    /// <summary>The files that were read: when one of them changes, so may the project.</summary>
    public IReadOnlyCollection<string> Files => _imported;

    /// <summary>Reads a project.</summary>
    /// <param name="path">Its absolute path.</param>
    /// <param name="root">Nothing outside is read.</param>
    /// <param name="targetFramework">The flavour of a project with several frameworks, fixed from outside as MSBuild does;
    /// null to take what the project says.</param>
    /// <exception cref="XmlException">The project is not well-formed, or no project.</exception>
    /// <exception cref="IOException">The project cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The project must not be read.</exception>
    public static ProjectEvaluation Read(string path, WorkspaceRoot root, string? targetFramework)
    {
        var evaluation = new ProjectEvaluation(path, root);
        var document = XmlFiles.Read(path);
        if (!document.Is("Project"))
            throw new XmlException($"its root element is <{document.Name.LocalName}>, not <Project>", null, ((IXmlLineInfo)document).LineNumber, 0);
        evaluation.Run(document, targetFramework);
        return evaluation;
    }

    private void Run(XElement document, string? targetFramework)
    {
        var directory = Path.GetDirectoryName(_project)!;
        Set("MSBuildProjectFullPath", _project);
        Set("MSBuildProjectFile", Path.GetFileName(_project));
        Set("MSBuildProjectName", Path.GetFileNameWithoutExtension(_project));
        Set("MSBuildProjectExtension", Path.GetExtension(_project));
        Set("MSBuildProjectDirectory", directory);
        if (targetFramework is not null)
        {
            Set("TargetFramework", targetFramework);
            _fixed.Add("TargetFramework");
        }

        SdkDefaults.AtFirst(SdkOf(document), Set);
        ImportNearest("Directory.Build.props", directory, "ImportDirectoryBuildProps");
        SdkDefaults.BeforeProject(_properties, Set);
        ImportNearest("Directory.Packages.props", directory, "ImportDirectoryPackagesProps");
        _imported.Add(_project);
        ReadInOrder(document, _project, depth: 0);
        SdkDefaults.AfterProject(_properties, Set);
        ImportNearest("Directory.Build.targets", directory, "ImportDirectoryBuildTargets");
        foreach (var (group, file) in _itemGroups)
            ReadItems(group, file);
    }

    private void Set(string name, string value) => _properties[name] = value;

    /// <summary>The SDK that a project names, in whichever of the three ways; empty for a project of the old style.</summary>
    private static string SdkOf(XElement document) =>
        document.Value("Sdk")
        ?? document.Elements().FirstOrDefault(element => element.Is("Sdk"))?.Value("Name")
        ?? document.Elements().FirstOrDefault(element => element.Is("Import") && element.Value("Sdk") is not null)?.Value("Sdk")
        ?? "";

    private void ImportNearest(string file, string directory, string permission)
    {
        if (_properties.GetValueOrDefault(permission, "").Equals("false", StringComparison.OrdinalIgnoreCase))
            return;
        for (var folder = directory; folder is not null && _root.Allows(folder); folder = Path.GetDirectoryName(folder))
        {
            var path = Path.Combine(folder, file);
            if (!File.Exists(path))
                continue;
            Import(path, depth: 1);
            return;
        }
    }

    private void Import(string path, int depth)
    {
        if (!_root.Allows(path))
        {
            _issues.Add(new LoadIssue(
                ProblemSeverity.Warning, $"{path} lies outside of the opened folder, so it is not read until the workspace is trusted.", _project));
            return;
        }

        if (!File.Exists(path) || _imported.Count >= MostImports || !_imported.Add(path))
            return;
        try
        {
            var document = XmlFiles.Read(path);
            var outer = (_properties.GetValueOrDefault("MSBuildThisFileDirectory", ""), _properties.GetValueOrDefault("MSBuildThisFileFullPath", ""));
            ReadInOrder(document, path, depth);
            SetThisFile(outer.Item2.Length > 0 ? outer.Item2 : _project);
        }
        catch (Exception exception) when (exception is XmlException or IOException or UnauthorizedAccessException)
        {
            _issues.Add(new LoadIssue(ProblemSeverity.Error, $"{path} is left out, for it cannot be read: {exception.Message}", path));
        }
    }

    private void SetThisFile(string file)
    {
        Set("MSBuildThisFileDirectory", Path.GetDirectoryName(file) + Path.DirectorySeparatorChar);
        Set("MSBuildThisFile", Path.GetFileName(file));
        Set("MSBuildThisFileName", Path.GetFileNameWithoutExtension(file));
        Set("MSBuildThisFileFullPath", file);
    }

    /// <summary>The first pass: properties and imports, in order; items wait until all properties are known.</summary>
    private void ReadInOrder(XElement container, string file, int depth)
    {
        SetThisFile(file);
        foreach (var element in container.Elements())
        {
            if (!Holds(element))
                continue;
            if (element.Is("PropertyGroup"))
                ReadProperties(element);
            else if (element.Is("ItemGroup"))
                _itemGroups.Add((element, file));
            else if (element.Is("ImportGroup") && depth < MostImports)
                ReadInOrder(element, file, depth + 1);
            else if (element.Is("Import") && element.Value("Sdk") is null && element.Value("Project") is { } project)
                ImportAll(project, file, depth);
            else if (element.Is("Choose") && depth < MostImports && Chosen(element) is { } branch)
                ReadInOrder(branch, file, depth + 1);
        }
    }

    private void ImportAll(string project, string file, int depth)
    {
        foreach (var part in EvaluatedItem.Split(_expander.Expand(project)))
        {
            if (Glob.Parse(Path.GetDirectoryName(file)!, part) is not { } glob)
                continue;
            if (glob.IsLiteral)
                Import(glob.Text, depth + 1);
            else if (_root.Allows(glob.FixedFolder) && Directory.Exists(glob.FixedFolder))
                foreach (var match in Directory.EnumerateFiles(glob.FixedFolder).Where(glob.Matches).Order(StringComparer.Ordinal))
                    Import(match, depth + 1);
        }
    }

    private XElement? Chosen(XElement choose) =>
        choose.Elements().FirstOrDefault(branch => branch.Is("When") && Holds(branch))
        ?? choose.Elements().FirstOrDefault(branch => branch.Is("Otherwise"));

    private void ReadProperties(XElement group)
    {
        foreach (var property in group.Elements())
            if (!_fixed.Contains(property.Name.LocalName) && Holds(property))
                Set(property.Name.LocalName, _expander.Expand(property.Value).Trim());
    }

    /// <summary>The second pass, with every property known.</summary>
    private void ReadItems(XElement group, string file)
    {
        SetThisFile(file);
        if (!Holds(group))
            return;
        foreach (var element in group.Elements())
        {
            var type = element.Name.LocalName;
            if (!SdkDefaults.Reads(type) || !Holds(element))
                continue;
            var (operation, specification) =
                element.Value("Include") is { } include ? (ItemOperation.Include, include)
                : element.Value("Remove") is { } remove ? (ItemOperation.Remove, remove)
                : (ItemOperation.Update, element.Value("Update") ?? "");
            var metadata = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            foreach (var attribute in element.Attributes())
                metadata[attribute.Name.LocalName] = _expander.Expand(attribute.Value);
            foreach (var child in element.Elements().Where(Holds))
                metadata[child.Name.LocalName] = _expander.Expand(child.Value).Trim();
            _items.Add(new EvaluatedItem(
                operation, type, Referenced(_expander.Expand(specification)), _expander.Expand(element.Value("Exclude") ?? ""),
                metadata, file, ((IXmlLineInfo)element).LineNumber));
        }
    }

    /// <summary>Replaces <c>@(Type)</c> by what that type holds so far; transforms and item functions yield nothing.</summary>
    private string Referenced(string specification)
    {
        if (!specification.Contains("@(", StringComparison.Ordinal))
            return specification;
        return string.Join(';', EvaluatedItem.Split(specification).SelectMany(part => part switch
        {
            ['@', '(', .. var type, ')'] => _items
                .Where(item => item.Operation == ItemOperation.Include && item.Type.Equals(type, StringComparison.OrdinalIgnoreCase))
                .Select(item => item.Specification),
            _ when part.Contains("@(", StringComparison.Ordinal) => [],
            _ => [part],
        }));
    }

    private bool Holds(XElement element) => Condition.Holds(element.Value("Condition"), _expander, Exists);

    private bool Exists(string path) =>
        PathNames.Resolve(Path.GetDirectoryName(_project)!, path) is { } full && _root.Allows(full) && Path.Exists(full);
}
