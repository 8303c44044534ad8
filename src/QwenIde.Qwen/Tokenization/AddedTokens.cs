using System.Buffers;
using System.Collections.Frozen;
using System.Text;

namespace QwenIde.Qwen.Tokenization;

/// <summary>The added tokens by id and by spelling, and where they stand in a text.</summary>
internal sealed class AddedTokens
{
    private readonly Dictionary<string, AddedToken> _bySpelling = new(StringComparer.Ordinal);
    private readonly Dictionary<int, (AddedToken Token, byte[] Bytes)> _byId = [];
    private readonly Spellings _raw;
    private readonly Spellings _normalized;

    /// <exception cref="InvalidDataException">Two tokens have one id or one spelling, or one has the id of other text.</exception>
    public AddedTokens(IReadOnlyList<AddedToken> tokens, Vocabulary vocabulary)
    {
        All = tokens;
        foreach (var token in tokens)
        {
            var bytes = Encoding.UTF8.GetBytes(token.Content);
            if (token.Id < vocabulary.Size && vocabulary.BytesOf(token.Id) is { IsEmpty: false } other && !other.SequenceEqual(bytes))
                throw new InvalidDataException($"`added_tokens` gives '{token.Content}' the id {token.Id}, which `model.vocab` gives to other text.");
            if (!_byId.TryAdd(token.Id, (token, bytes)))
                throw new InvalidDataException($"`added_tokens` gives the id {token.Id} twice.");
            if (!_bySpelling.TryAdd(token.Content, token))
                throw new InvalidDataException($"`added_tokens` holds '{token.Content}' twice.");
        }

        Limit = tokens.Select(token => token.Id + 1).DefaultIfEmpty().Max();
        _raw = new Spellings(tokens.Where(token => !token.IsNormalized));
        _normalized = new Spellings(tokens.Where(token => token.IsNormalized));
    }

    public IReadOnlyList<AddedToken> All { get; }

    /// <summary>One more than the highest id; 0 without tokens.</summary>
    public int Limit { get; }

    public AddedToken? Find(int id) => _byId.TryGetValue(id, out var entry) ? entry.Token : null;

    public byte[]? BytesOf(int id) => _byId.TryGetValue(id, out var entry) ? entry.Bytes : null;

    public bool TryGet(string spelling, out int id)
    {
        id = _bySpelling.TryGetValue(spelling, out var token) ? token.Id : -1;
        return token is not null;
    }

    /// <summary>The first added token in a text; of several at one place the longest.</summary>
    /// <param name="text">Where to look.</param>
    /// <param name="isNormalized">Whether the text is normalised: raw and normalised text have tokens of their own.</param>
    /// <param name="index">Where it begins.</param>
    public AddedToken? FindFirst(ReadOnlySpan<char> text, bool isNormalized, out int index) =>
        (isNormalized ? _normalized : _raw).FindFirst(text, out index);

    private sealed class Spellings
    {
        private readonly FrozenDictionary<char, AddedToken[]> _byFirst;
        private readonly SearchValues<char> _firsts;

        public Spellings(IEnumerable<AddedToken> tokens)
        {
            _byFirst = tokens.GroupBy(token => token.Content[0])
                .ToFrozenDictionary(group => group.Key, group => group.OrderByDescending(token => token.Content.Length).ToArray());
            _firsts = SearchValues.Create([.. _byFirst.Keys]);
        }

        public AddedToken? FindFirst(ReadOnlySpan<char> text, out int index)
        {
            for (index = 0; text[index..].IndexOfAny(_firsts) is >= 0 and var ahead; index++)
            {
                index += ahead;
                foreach (var token in _byFirst[text[index]])
                {
                    if (text[index..].StartsWith(token.Content, StringComparison.Ordinal))
                        return token;
                }
            }

            return null;
        }
    }
}
