using System.Text;
using System.Text.Json;

namespace QwenIde.Qwen.Tokenization;

/// <summary>What a <c>tokenizer.json</c> says.</summary>
internal sealed record TokenizerFile(Vocabulary Vocabulary, MergeTable Merges, int[] IdsOfBytes, IReadOnlyList<AddedToken> AddedTokens);

/// <summary>
/// Reads a Hugging Face <c>tokenizer.json</c> in one pass. What would make other ids than the file means is refused: another
/// model, normaliser or pre-tokenizer than Qwen's, and options that Qwen does not use.
/// </summary>
internal sealed class TokenizerFileReader
{
    /// <summary>No id may reach this: the tables are as long as the highest id.</summary>
    private const int IdLimit = 1 << 22;

    private readonly Vocabulary.Builder _vocabulary = new();
    private readonly ByteSlices _mergeParts = new();
    private readonly HashSet<string> _found = new(StringComparer.Ordinal);
    private IReadOnlyList<AddedToken> _added = [];
    private byte[] _spelling = new byte[256];

    private TokenizerFileReader()
    {
    }

    /// <summary>Reads a file's bytes.</summary>
    /// <exception cref="InvalidDataException">One sentence that names the field.</exception>
    public static TokenizerFile Read(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json.StartsWith("\uFEFF"u8) ? json[3..] : json);
        try
        {
            return new TokenizerFileReader().Read(ref reader);
        }
        catch (JsonException broken)
        {
            throw new InvalidDataException(
                $"it is not whole JSON at line {broken.LineNumber + 1}, byte {broken.BytePositionInLine}.", broken);
        }
        catch (InvalidOperationException broken)
        {
            throw new InvalidDataException("it holds a string that is not Unicode text.", broken);
        }
    }

    private TokenizerFile Read(ref Utf8JsonReader json)
    {
        json.Read();
        Expect(json.TokenType == JsonTokenType.StartObject, "it is not a JSON object.");
        while (NextProperty(ref json, out var name))
            ReadSection(ref json, name);
        while (json.Read())
        {
            // What follows the object is not JSON, which reading on reports.
        }

        foreach (var section in new[] { "normalizer", "pre_tokenizer", "model.vocab", "model.merges" })
            Expect(_found.Contains(section), $"`{section}` is missing.");
        var vocabulary = _vocabulary.Build();
        var idsOfBytes = new int[256];
        for (var value = 0; value < 256; value++)
        {
            idsOfBytes[value] = vocabulary.Find([(byte)value]);
            Expect(idsOfBytes[value] >= 0, $"`model.vocab` has no token for the byte 0x{value:X2}, so some text could not be encoded.");
        }

        return new TokenizerFile(vocabulary, ResolveMerges(vocabulary), idsOfBytes, _added);
    }

    private void ReadSection(ref Utf8JsonReader json, string name)
    {
        _found.Add(name);
        switch (name)
        {
            case "added_tokens":
                _added = TokenizerSections.ReadAddedTokens(JsonElement.ParseValue(ref json), IdLimit);
                break;
            case "normalizer":
                TokenizerSections.CheckNormalizer(JsonElement.ParseValue(ref json));
                break;
            case "pre_tokenizer":
                TokenizerSections.CheckPreTokenizer(JsonElement.ParseValue(ref json));
                break;
            case "model":
                Expect(json.TokenType == JsonTokenType.StartObject, "`model` is not an object.");
                while (NextProperty(ref json, out var field))
                    ReadModelField(ref json, field);
                break;
            default:
                json.Skip();
                break;
        }
    }

    private void ReadModelField(ref Utf8JsonReader json, string name)
    {
        Expect(_found.Add($"model.{name}"), $"`model.{name}` stands there twice.");
        switch (name)
        {
            case "vocab":
                ReadVocabulary(ref json);
                break;
            case "merges":
                ReadMerges(ref json);
                break;
            default:
                TokenizerSections.CheckModelOption(name, JsonElement.ParseValue(ref json));
                break;
        }
    }

    private void ReadVocabulary(ref Utf8JsonReader json)
    {
        Expect(json.TokenType == JsonTokenType.StartObject, "`model.vocab` is not an object.");
        Span<byte> bytes = stackalloc byte[256];
        while (json.Read() && json.TokenType != JsonTokenType.EndObject)
        {
            var spelling = CopyString(ref json);
            var room = spelling.Length <= bytes.Length ? bytes : new byte[spelling.Length];
            var length = ByteLevelAlphabet.Decode(spelling, room);
            if (length <= 0)
                throw new InvalidDataException($"`model.vocab[\"{Encoding.UTF8.GetString(spelling)}\"]` is not spelt in the byte-level alphabet.");
            json.Read();
            if (json.TokenType != JsonTokenType.Number || !json.TryGetInt32(out var id) || id is < 0 or >= IdLimit)
                throw new InvalidDataException(
                    $"`model.vocab[\"{Encoding.UTF8.GetString(spelling)}\"]` is not an id: a whole number from 0 to {IdLimit - 1}.");
            _vocabulary.Add(id, room[..length]);
        }
    }

    /// <summary>Keeps the two sides of each merge; they may stand before the vocabulary.</summary>
    private void ReadMerges(ref Utf8JsonReader json)
    {
        Expect(json.TokenType == JsonTokenType.StartArray, "`model.merges` is not an array.");
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (json.TokenType == JsonTokenType.String)
            {
                var both = CopyString(ref json);
                var blank = both.IndexOf((byte)' ');
                ExpectMerge(blank >= 0);
                AddMergePart(both[..blank]);
                AddMergePart(both[(blank + 1)..]);
                continue;
            }

            ExpectMerge(json.TokenType == JsonTokenType.StartArray);
            for (var part = 0; part < 2; part++)
            {
                json.Read();
                ExpectMerge(json.TokenType == JsonTokenType.String);
                AddMergePart(CopyString(ref json));
            }

            json.Read();
            ExpectMerge(json.TokenType == JsonTokenType.EndArray);
        }
    }

    private void AddMergePart(ReadOnlySpan<byte> spelling)
    {
        var length = ByteLevelAlphabet.Decode(spelling, _mergeParts.Reserve(spelling.Length));
        ExpectMerge(length > 0);
        _mergeParts.Commit(length);
    }

    private void ExpectMerge(bool holds)
    {
        if (!holds)
            throw new InvalidDataException(
                $"`model.merges[{_mergeParts.Count / 2}]` is not two tokens of the byte-level alphabet, as \"a b\" or [\"a\", \"b\"].");
    }

    private MergeTable ResolveMerges(Vocabulary vocabulary)
    {
        var merges = new List<(int Left, int Right, int Merged)>(_mergeParts.Count / 2);
        for (var part = 0; part < _mergeParts.Count; part += 2)
        {
            var left = vocabulary.Find(_mergeParts[part]);
            var right = vocabulary.Find(_mergeParts[part + 1]);
            var merged = vocabulary.Find(_mergeParts.Joined(part));
            if (left < 0 || right < 0 || merged < 0)
                throw new InvalidDataException(
                    $"`model.merges[{part / 2}]` has a side, or makes a token, that `model.vocab` does not hold.");
            merges.Add((left, right, merged));
        }

        return new MergeTable(merges);
    }

    private static bool NextProperty(ref Utf8JsonReader json, out string name)
    {
        json.Read();
        name = json.TokenType == JsonTokenType.PropertyName ? json.GetString()! : string.Empty;
        return json.TokenType == JsonTokenType.PropertyName && json.Read();
    }

    private Span<byte> CopyString(ref Utf8JsonReader json)
    {
        if (_spelling.Length < json.ValueSpan.Length)
            _spelling = new byte[json.ValueSpan.Length];
        return _spelling.AsSpan(0, json.CopyString(_spelling));
    }

    private static void Expect(bool holds, string otherwise)
    {
        if (!holds)
            throw new InvalidDataException(otherwise);
    }
}
