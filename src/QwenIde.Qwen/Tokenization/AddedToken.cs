namespace QwenIde.Qwen.Tokenization;

/// <summary>A token beside the byte-level vocabulary, whose spelling is one id wherever it is recognised.</summary>
/// <param name="Id">The token's id.</param>
/// <param name="Content">The spelling, such as <c>&lt;|im_end|&gt;</c> or <c>&lt;tool_call&gt;</c>.</param>
/// <param name="IsSpecial">
/// Whether it is a control token that decoded text leaves out by convention. <c>&lt;tool_call&gt;</c> is not: it is part of
/// what the model says.
/// </param>
/// <param name="IsNormalized">Whether it is looked for after normalisation; false for all of Qwen's.</param>
public sealed record AddedToken(int Id, string Content, bool IsSpecial = false, bool IsNormalized = false);
