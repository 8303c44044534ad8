namespace QwenIde.Workspace;

/// <summary>How grave a problem is; the order is the compiler's.</summary>
public enum ProblemSeverity
{
    /// <summary>Not shown as text, but as a faded or marked span: an unused <c>using</c>.</summary>
    Hint,
    /// <summary>Worth knowing.</summary>
    Information,
    /// <summary>Compiles, and is probably wrong.</summary>
    Warning,
    /// <summary>Does not compile.</summary>
    Error,
}

/// <summary>A diagnostic of the compiler in one source file of one project.</summary>
/// <param name="Id">The compiler's identifier, such as <c>CS0246</c>.</param>
/// <param name="Severity">How grave it is under the project's own settings.</param>
/// <param name="Message">The compiler's message, in English.</param>
/// <param name="Path">The absolute path of the file.</param>
/// <param name="Range">Where in the file.</param>
/// <param name="Project">The name of the project in which it was found.</param>
/// <param name="IsUnnecessary">The span marks code that could go without loss.</param>
public sealed record Problem(
    string Id,
    ProblemSeverity Severity,
    string Message,
    string Path,
    TextRange Range,
    string Project,
    bool IsUnnecessary = false);
