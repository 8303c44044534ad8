using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace QwenIde.Sidecar.Conversation;

/// <summary>The words of a question that may name something in the code.</summary>
internal static partial class Question
{
    private const int MostWords = 8;

    /// <summary>Candidate names, those that look like code first; each once.</summary>
    public static ImmutableArray<string> Names(string question) =>
    [
        .. Identifier().Matches(question)
            .Select(match => match.Value.Trim('.'))
            .Select(word => word.Contains('.', StringComparison.Ordinal) ? word[(word.LastIndexOf('.') + 1)..] : word)
            .Where(word => word.Length > 2 && !Ordinary.Contains(word))
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .OrderByDescending(LooksLikeCode)
            .Take(MostWords),
    ];

    // An inner capital, an underscore or a digit: OrderService, _items, Sha256.
    private static bool LooksLikeCode(string word) =>
        word.Skip(1).Any(character => char.IsUpper(character) || char.IsDigit(character) || character == '_')
        || word[0] == '_';

    [GeneratedRegex(@"[\p{L}_][\p{L}\p{Nd}_]*(?:\.[\p{L}_][\p{L}\p{Nd}_]*)*")]
    private static partial Regex Identifier();

    private static readonly ImmutableHashSet<string> Ordinary = ImmutableHashSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "about", "above", "actually", "after", "again", "all", "also", "and", "any", "anything", "are", "because", "been",
        "before", "but", "can", "class", "code", "come", "could", "describe", "did", "does", "doing", "done", "each",
        "else", "every", "explain", "file", "files", "find", "fix", "for", "from", "get", "give", "goes", "had", "has",
        "have", "hello", "help", "her", "here", "his", "how", "into", "its", "just", "know", "let", "like", "list", "look",
        "made", "make", "many", "may", "mean", "means", "method", "more", "most", "much", "must", "need", "not", "now",
        "off", "one", "only", "our", "out", "over", "please", "project", "projects", "put", "see", "shall", "should",
        "show", "solution", "some", "something", "such", "tell", "than", "thank", "thanks", "that", "the", "their", "them",
        "then", "there", "these", "they", "thing", "this", "those", "through", "under", "use", "used", "uses", "using",
        "very", "want", "was", "way", "were", "what", "when", "where", "which", "while", "who", "why", "will", "with",
        "work", "works", "would", "write", "wrong", "yes", "you", "your");
}
