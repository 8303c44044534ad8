namespace QwenIde.Qwen.Grammar;

/// <summary>What may be generated next, asked once per token. Not thread-safe; one instance follows one generation.</summary>
public interface ITokenConstraint
{
    /// <summary>Writes which tokens may come next: bit <c>id % 64</c> of word <c>id / 64</c>.</summary>
    /// <param name="allowed">Room for every id of the model's logits; overwritten, unless the answer is false.</param>
    /// <returns>False if nothing is forbidden, and <paramref name="allowed"/> was not touched.</returns>
    bool Restrict(Span<ulong> allowed);

    /// <summary>Follows a token that was chosen.</summary>
    /// <exception cref="ArgumentException">The token was forbidden.</exception>
    void Accept(int id);

    /// <summary>An independent copy at the same place.</summary>
    ITokenConstraint Clone();
}
