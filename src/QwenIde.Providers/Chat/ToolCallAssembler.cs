using System.Text;
using System.Text.Json;

namespace QwenIde.Providers.Chat;

/// <summary>A tool call as a server's pieces add up to it; its arguments are as yet only text.</summary>
internal sealed class AssembledCall
{
    private readonly StringBuilder _arguments = new();

    public int? Index { get; init; }

    public string? Id { get; set; }

    public string Name { get; set; } = "";

    public string Arguments => _arguments.ToString();

    /// <summary>Whether the arguments are one whole JSON document.</summary>
    public bool IsComplete
    {
        get
        {
            try
            {
                using var document = JsonDocument.Parse(Arguments);
                return true;
            }
            catch (JsonException)
            {
                return false;
            }
        }
    }

    public void Append(string piece) => _arguments.Append(piece);

    public void Replace(string whole) => _arguments.Clear().Append(whole);
}

/// <summary>
/// Puts streamed tool calls together. Servers differ: arguments come in pieces or as one object, an id or an index may be
/// missing, two calls may share index 0, and a name may be repeated with every piece.
/// </summary>
internal sealed class ToolCallAssembler
{
    private readonly List<AssembledCall> _calls = [];

    /// <summary>The calls so far, in the order in which they began.</summary>
    public IReadOnlyList<AssembledCall> Calls => _calls;

    /// <summary>Takes one element of <c>delta.tool_calls</c>, or of <c>message.tool_calls</c>.</summary>
    public void Add(JsonElement piece)
    {
        if (piece.ValueKind != JsonValueKind.Object)
            return;
        JsonElement function = Member(piece, "function");
        int? index = Member(piece, "index") is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var value) ? value : null;
        var id = Text(piece, "id");
        var name = Text(function, "name");

        AssembledCall? call = _calls.LastOrDefault(call => index is not null ? call.Index == index : id is null || call.Id is null || call.Id == id);
        if (call is null || BeginsAnother(call, id, name))
        {
            call = new AssembledCall { Index = index };
            _calls.Add(call);
        }
        call.Id ??= id;
        if (name is not null)
            call.Name = name;

        JsonElement arguments = Member(function, "arguments");
        if (arguments.ValueKind == JsonValueKind.String)
            call.Append(arguments.GetString()!);
        else if (arguments.ValueKind == JsonValueKind.Object)
            call.Replace(arguments.GetRawText());
    }

    private static bool BeginsAnother(AssembledCall call, string? id, string? name)
    {
        if (id is not null && call.Id is not null && id != call.Id)
            return true;
        if (name is null || call.Name.Length == 0)
            return false;
        // The same name again is either a repetition beside the next piece, or the next call: whole arguments tell.
        return name != call.Name || id is null && call.Arguments.Length > 0 && call.IsComplete;
    }

    private static JsonElement Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value) ? value : default;

    private static string? Text(JsonElement element, string name) =>
        Member(element, name) is { ValueKind: JsonValueKind.String } value && value.GetString() is { Length: > 0 } text ? text : null;
}
