using System.Text.Json;

namespace QwenIde.Qwen.Tokenization;

/// <summary>The small sections of a <c>tokenizer.json</c>: read, or checked to be what Qwen's tokenizers have.</summary>
internal static class TokenizerSections
{
    /// <summary>Reads <c>added_tokens</c>.</summary>
    /// <exception cref="InvalidDataException">One sentence that names the field.</exception>
    public static IReadOnlyList<AddedToken> ReadAddedTokens(JsonElement section, int idLimit)
    {
        Expect(section.ValueKind == JsonValueKind.Array, "`added_tokens` is not an array.");
        var tokens = new List<AddedToken>();
        foreach (var item in section.EnumerateArray())
        {
            var path = $"added_tokens[{tokens.Count}]";
            Expect(item.ValueKind == JsonValueKind.Object, $"`{path}` is not an object.");
            var hasId = item.TryGetProperty("id", out var number) && number.ValueKind == JsonValueKind.Number;
            var id = -1;
            Expect(
                hasId && number.TryGetInt32(out id) && id >= 0 && id < idLimit,
                $"`{path}.id` is not an id: a whole number from 0 to {idLimit - 1}.");
            var content = item.TryGetProperty("content", out var text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : "";
            Expect(content.Length > 0, $"`{path}.content` is not a text of at least one character.");
            foreach (var option in new[] { "single_word", "lstrip", "rstrip" })
                Expect(!Flag(item, option, path), $"`{path}.{option}` is true, which no tokenizer of Qwen's uses and this one cannot do.");
            tokens.Add(new AddedToken(id, content, Flag(item, "special", path), Flag(item, "normalized", path)));
        }

        return tokens;
    }

    /// <summary>Only NFC.</summary>
    public static void CheckNormalizer(JsonElement section) =>
        Expect(Is(section, "type", "NFC"), "`normalizer` is not of the type NFC, as Qwen's is.");

    /// <summary>Only a split by Qwen's pattern, then bytes.</summary>
    public static void CheckPreTokenizer(JsonElement section)
    {
        var steps = Is(section, "type", "Sequence") && section.TryGetProperty("pretokenizers", out var list)
            && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray().ToArray() : [];
        Expect(
            steps.Length == 2 && Is(steps[0], "type", "Split") && Is(steps[1], "type", "ByteLevel"),
            "`pre_tokenizer` is not the sequence of Split and ByteLevel that Qwen's is.");
        var pattern = steps[0].TryGetProperty("pattern", out var holder) && holder.ValueKind == JsonValueKind.Object
            && holder.TryGetProperty("Regex", out var regex) && regex.ValueKind == JsonValueKind.String ? regex.GetString() : null;
        Expect(
            pattern == PreTokenizer.Pattern,
            "`pre_tokenizer.pretokenizers[0].pattern.Regex` is not the pattern of Qwen2 and Qwen3, so the text would be cut elsewhere.");
        Expect(
            Is(steps[0], "behavior", "Isolated")
            && !Flag(steps[0], "invert", "pre_tokenizer.pretokenizers[0]"),
            "`pre_tokenizer.pretokenizers[0]` does not keep every piece (`behavior` Isolated, `invert` false).");
        const string Bytes = "pre_tokenizer.pretokenizers[1]";
        Expect(
            !Flag(steps[1], "add_prefix_space", Bytes) && !Flag(steps[1], "use_regex", Bytes),
            $"`{Bytes}` adds a space or splits once more (`add_prefix_space`, `use_regex`), which Qwen's does not.");
    }

    /// <summary>An option of <c>model</c> other than the vocabulary and the merges: only what changes nothing.</summary>
    public static void CheckModelOption(string name, JsonElement value)
    {
        var isPlain = name switch
        {
            "type" => value.ValueKind == JsonValueKind.String && value.ValueEquals("BPE"),
            "byte_fallback" or "ignore_merges" => value.ValueKind is JsonValueKind.False or JsonValueKind.Null,
            "dropout" => value.ValueKind == JsonValueKind.Null || (value.ValueKind == JsonValueKind.Number && value.GetDouble() == 0),
            "continuing_subword_prefix" or "end_of_word_suffix" =>
                value.ValueKind == JsonValueKind.Null || (value.ValueKind == JsonValueKind.String && value.ValueEquals("")),
            _ => true,
        };
        Expect(isPlain, $"`model.{name}` is {value.GetRawText()}, which is not byte-level BPE as Qwen's.");
    }

    private static bool Is(JsonElement section, string name, string text) =>
        section.ValueKind == JsonValueKind.Object && section.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String && value.ValueEquals(text);

    private static bool Flag(JsonElement section, string name, string path)
    {
        if (!section.TryGetProperty(name, out var value))
            return false;
        Expect(value.ValueKind is JsonValueKind.True or JsonValueKind.False, $"`{path}.{name}` is neither true nor false.");
        return value.GetBoolean();
    }

    private static void Expect(bool holds, string otherwise)
    {
        if (!holds)
            throw new InvalidDataException(otherwise);
    }
}
