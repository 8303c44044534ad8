namespace QwenIde.Workspace.Loading.ProjectFiles;

/// <summary>What an item element does to the items of its type.</summary>
internal enum ItemOperation
{
    /// <summary>Adds.</summary>
    Include,
    /// <summary>Takes away.</summary>
    Remove,
    /// <summary>Sets metadata of those that are there.</summary>
    Update,
}

/// <summary>One item element whose conditions held, its texts expanded, its wildcards not.</summary>
/// <param name="Operation">What it does.</param>
/// <param name="Type">The item type, such as <c>Compile</c>.</param>
/// <param name="Specification">The value of Include, Remove or Update: parts between semicolons.</param>
/// <param name="Exclude">The value of Exclude, or empty.</param>
/// <param name="Metadata">Attributes and child elements by name, case ignored.</param>
/// <param name="File">The file that holds the element.</param>
/// <param name="Line">Its line there, from 1.</param>
internal sealed record EvaluatedItem(
    ItemOperation Operation,
    string Type,
    string Specification,
    string Exclude,
    IReadOnlyDictionary<string, string> Metadata,
    string File,
    int Line)
{
    /// <summary>The parts of the specification.</summary>
    public string[] Parts => Split(Specification);

    /// <summary>Metadata by name, or empty.</summary>
    public string this[string name] => Metadata.GetValueOrDefault(name, "");

    /// <summary>Whether metadata says true.</summary>
    public bool Says(string name) => this[name].Equals("true", StringComparison.OrdinalIgnoreCase);

    /// <summary>Splits a list as MSBuild does.</summary>
    public static string[] Split(string list) =>
        list.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
