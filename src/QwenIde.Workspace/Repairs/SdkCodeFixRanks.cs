using System.Collections.Frozen;

namespace QwenIde.Workspace.Repairs;

/// <summary>How much we think of what the SDK's fixers propose: they compile, but not all are what an expert would do first.</summary>
internal static class SdkCodeFixRanks
{
    private const double Unknown = 0.45;

    /// <summary>Scores by fixer; the scale is that of <see cref="RepairCandidate.Score"/>.</summary>
    private static readonly FrozenDictionary<string, double> _scores = new Dictionary<string, double>
    {
        ["CSharpImplementInterfaceCodeFixProvider"] = 0.90,
        ["CSharpImplementAbstractClassCodeFixProvider"] = 0.90,
        ["CSharpRemoveUnusedVariableCodeFixProvider"] = 0.90,
        ["CSharpAddAwaitCodeFixProvider"] = 0.85,
        ["CSharpGenerateDefaultConstructorsCodeFixProvider"] = 0.80,
        ["CSharpAddExplicitCastCodeFixProvider"] = 0.70,
        ["CSharpMakeMemberRequiredCodeFixProvider"] = 0.60,
        ["CSharpAddImportCodeFixProvider"] = 0.55,
        ["CSharpDeclareAsNullableCodeFixProvider"] = 0.55,
        ["CSharpMakeMethodAsynchronousCodeFixProvider"] = 0.50,
        ["CSharpMakeMethodSynchronousCodeFixProvider"] = 0.50,
        ["CSharpSpellCheckCodeFixProvider"] = 0.50,
        ["CSharpAddParameterCodeFixProvider"] = 0.30,
        ["CSharpFullyQualifyCodeFixProvider"] = 0.30,
        // Making up a declaration is right only when the name is not a slip.
        ["GenerateConstructorCodeFixProvider"] = 0.30,
        ["GenerateMethodCodeFixProvider"] = 0.25,
        ["GenerateVariableCodeFixProvider"] = 0.25,
        ["CSharpGenerateVariableCodeFixProvider"] = 0.25,
        ["GenerateDeconstructMethodCodeFixProvider"] = 0.20,
        ["GenerateConversionCodeFixProvider"] = 0.15,
        ["GenerateEnumMemberCodeFixProvider"] = 0.25,
        ["GenerateTypeCodeFixProvider"] = 0.20,
    }.ToFrozenDictionary();

    /// <summary>Fixers that change the project or install packages: no edit of a source text.</summary>
    private static readonly FrozenSet<string> _unwanted = new[]
    {
        "CSharpAddMissingReferenceCodeFixProvider", "CSharpAddSpecificPackageCodeFixProvider",
        "CSharpUpgradeProjectCodeFixProvider", "CSharpUpdateProjectToAllowUnsafeCodeFixProvider",
        "CSharpSuppressionCodeFixProvider", "CSharpCopilotCodeFixProvider",
    }.ToFrozenSet();

    /// <summary>Whether a fixer edits source texts and nothing else.</summary>
    public static bool IsWanted(string provider) => !_unwanted.Contains(provider);

    /// <summary>The score of one action of a fixer.</summary>
    public static double Score(string provider, string title, string diagnosticId)
    {
        var score = _scores.GetValueOrDefault(provider, Unknown);
        // A member implemented explicitly, or behind a field, is a special wish.
        if (title.Contains("explicitly", StringComparison.OrdinalIgnoreCase) || title.Contains("through", StringComparison.OrdinalIgnoreCase)
            || title.Contains("pattern", StringComparison.OrdinalIgnoreCase))
            score -= 0.3;
        // Of the ways to make a name up, the narrowest scope is the least harm.
        if (title.StartsWith("Generate local", StringComparison.Ordinal))
            score += 0.05;
        if (title.Contains("suppress", StringComparison.OrdinalIgnoreCase))
            score = 0.05;
        // Where the member is there already, it is the member that should change.
        if (provider == "CSharpImplementInterfaceCodeFixProvider" && diagnosticId is "CS0737" or "CS0738")
            score -= 0.2;
        // A cast of an argument is often a wrong argument.
        if (provider == "CSharpAddExplicitCastCodeFixProvider" && diagnosticId == "CS1503")
            score -= 0.15;
        return score;
    }
}
