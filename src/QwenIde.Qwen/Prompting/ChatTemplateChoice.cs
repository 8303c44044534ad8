using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace QwenIde.Qwen.Prompting;

/// <summary>By what a template was chosen.</summary>
public enum ChatTemplateEvidence
{
    /// <summary>The directory's template is one of those known, byte for byte.</summary>
    KnownTemplate,

    /// <summary>The directory's template is not known, but has the marks of this one.</summary>
    SimilarTemplate,

    /// <summary>The model's name.</summary>
    ModelName,

    /// <summary>Nothing: this is the default.</summary>
    None,
}

/// <summary>The template chosen for a model.</summary>
/// <param name="Template">The template.</param>
/// <param name="Evidence">By what.</param>
/// <param name="Notice">One sentence for the log where the choice may be wrong; else null.</param>
public sealed record ChatTemplateChoice(ChatTemplate Template, ChatTemplateEvidence Evidence, string? Notice = null)
{
    private const string TemplateFile = "chat_template.jinja";
    private const string ConfigurationFile = "tokenizer_config.json";

    /// <summary>SHA-256 of the known templates: UTF-8, LF, without line breaks at the end, which Jinja drops.</summary>
    private const string NextHash = "702779C11CC81AAD7A7E2F3D4390570F8918F86CC46ADF8985CB795ED5287435";
    private const string Coder30BHash = "32BF2564D2245B98298677D3AC2332AB50BC3279740C13C3974689464B38AA3C";

    /// <summary>Chooses by a model directory: its <c>chat_template.jinja</c>, else the template in its <c>tokenizer_config.json</c>, else its name.</summary>
    /// <param name="directory">The model directory.</param>
    /// <param name="modelName">The model's name; the directory's where null.</param>
    /// <exception cref="IOException">A file is there but cannot be read.</exception>
    public static ChatTemplateChoice ForDirectory(string directory, string? modelName = null)
    {
        var name = modelName ?? Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory)));
        var file = Path.Combine(directory, TemplateFile);
        if (File.Exists(file))
            return ForTemplate(File.ReadAllText(file), name);
        var configuration = Path.Combine(directory, ConfigurationFile);
        return File.Exists(configuration) && TemplateIn(File.ReadAllBytes(configuration)) is { } template
            ? ForTemplate(template, name)
            : ForName(name);
    }

    /// <summary>Chooses by the text of a Jinja template.</summary>
    /// <param name="template">The template.</param>
    /// <param name="modelName">The model's name, which decides where the template has no marks of either.</param>
    public static ChatTemplateChoice ForTemplate(string template, string modelName)
    {
        var text = template.ReplaceLineEndings("\n").TrimEnd('\n');
        var hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        if (hash == NextHash)
            return new(ChatTemplate.Next, ChatTemplateEvidence.KnownTemplate);
        if (hash == Coder30BHash)
            return new(ChatTemplate.Coder30B, ChatTemplateEvidence.KnownTemplate);

        // Both write calls as XML; only 30B's asks whether an argument is a mapping before it writes JSON.
        if (text.Contains("<function=", StringComparison.Ordinal))
        {
            var similar = text.Contains("args_value is mapping", StringComparison.Ordinal) ? ChatTemplate.Coder30B : ChatTemplate.Next;
            return new(similar, ChatTemplateEvidence.SimilarTemplate,
                $"The model's chat template (SHA-256 {hash[..12]}…) is not one that is known; prompts are written as {NameOf(similar)} reads them, whose template is the most similar.");
        }

        var named = ForName(modelName);
        return named with
        {
            Notice = $"The model's chat template (SHA-256 {hash[..12]}…) is not Qwen3-Coder's: it has no `<function=…>`; prompts are written as {NameOf(named.Template)} reads them.",
        };
    }

    /// <summary>Chooses by a model's name, as <c>Qwen/Qwen3-Coder-30B-A3B-Instruct</c> or <c>qwen3-coder:480b</c>.</summary>
    public static ChatTemplateChoice ForName(string modelName)
    {
        bool Holds(string part) => modelName.Contains(part, StringComparison.OrdinalIgnoreCase);
        if (Holds("next"))
            return new(ChatTemplate.Next, ChatTemplateEvidence.ModelName);
        if (Holds("30b") || Holds("480b"))
            return new(ChatTemplate.Coder30B, ChatTemplateEvidence.ModelName);
        return new(ChatTemplate.Next, ChatTemplateEvidence.None,
            $"Nothing says which chat template '{modelName}' has; prompts are written as {NameOf(ChatTemplate.Next)} reads them.");
    }

    private static string NameOf(ChatTemplate template) =>
        template.Dialect == ChatDialect.Next ? "Qwen3-Coder-Next" : "Qwen3-Coder 30B and 480B";

    /// <summary>The template in a <c>tokenizer_config.json</c>: a string, or a list of named ones with a default.</summary>
    private static string? TemplateIn(byte[] json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("chat_template", out var template))
                return null;
            if (template.ValueKind == JsonValueKind.Array)
                template = template.EnumerateArray().FirstOrDefault(IsDefault) is { ValueKind: JsonValueKind.Object } named ? named.GetProperty("template") : default;
            return template.ValueKind == JsonValueKind.String ? template.GetString() : null;
        }
        catch (JsonException)
        {
            return null; // whoever needs the rest of the file will say so
        }
    }

    private static bool IsDefault(JsonElement item) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty("template", out _)
        && item.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String && name.ValueEquals("default");
}
