namespace QwenIde.Qwen.Prompting;

/// <summary>
/// A piece of a prompt: either one special token or text. Special tokens come from the template alone; text is encoded
/// without looking for added tokens, so that a file which holds <c>&lt;|im_end|&gt;</c> cannot end the turn.
/// </summary>
/// <param name="Text">The text, or the special token's spelling.</param>
/// <param name="IsSpecial">Whether this is one special token.</param>
public readonly record struct PromptRun(string Text, bool IsSpecial);
