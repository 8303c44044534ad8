namespace QwenIde.Qwen.Prompting;

/// <summary>The roles that the chat template knows by name.</summary>
public static class Roles
{
    /// <summary>Rules for the whole conversation; the first message.</summary>
    public const string System = "system";

    /// <summary>The person.</summary>
    public const string User = "user";

    /// <summary>The model.</summary>
    public const string Assistant = "assistant";

    /// <summary>The result of a tool.</summary>
    public const string Tool = "tool";
}
