using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using QwenIde.Qwen.Prompting;
using QwenIde.Qwen.Prompting.Python;

namespace QwenIde.Qwen.Chat;

/// <summary>Maps the messages of one conversation, in order.</summary>
internal sealed class MessageMapping
{
    private readonly ImmutableArray<Message>.Builder _messages = ImmutableArray.CreateBuilder<Message>();
    private readonly Dictionary<string, int> _orderOfCalls = new(StringComparer.Ordinal);
    private readonly List<(int Order, Message Message)> _results = [];
    private int _read;

    /// <summary>Maps one message; one that holds results of tools becomes several.</summary>
    public void Add(ChatMessage message)
    {
        _read++;
        var text = new StringBuilder();
        var calls = ImmutableArray.CreateBuilder<ToolCall>();
        var hasResults = false;
        foreach (var content in message.Contents)
        {
            switch (content)
            {
                case TextContent part:
                    text.Append(part.Text);
                    break;
                case FunctionCallContent call:
                    _orderOfCalls[call.CallId] = _orderOfCalls.Count;
                    calls.Add(new ToolCall(call.Name, ToJson(call.Arguments ?? new Dictionary<string, object?>(), typeof(IDictionary<string, object?>))));
                    break;
                case FunctionResultContent result:
                    _results.Add((_orderOfCalls.GetValueOrDefault(result.CallId, int.MaxValue), new Message(Roles.Tool, TextOf(result))));
                    hasResults = true;
                    break;
                case TextReasoningContent or UsageContent:
                    break; // the template has no place for the one, and the other is no part of what was said
                default:
                    throw Unreadable(content, message.Role);
            }
        }

        if (hasResults && text.Length == 0 && calls.Count == 0)
            return;
        EndResults();
        var ids = message.Role == ChatRole.Assistant ? GeneratedTokens.Find(message) : default;
        _messages.Add(new Message(message.Role.Value, text.ToString()) { ToolCalls = calls.ToImmutable(), GeneratedIds = ids });
    }

    /// <summary>All messages.</summary>
    public ImmutableArray<Message> Finish()
    {
        EndResults();
        return _messages.ToImmutable();
    }

    /// <summary>Results that came one after another, in the order of their calls; those of unknown calls last, as they came.</summary>
    private void EndResults()
    {
        _messages.AddRange(_results.OrderBy(result => result.Order).Select(result => result.Message));
        _results.Clear();
    }

    private string TextOf(FunctionResultContent result) => result.Result switch
    {
        null => result.Exception?.Message ?? string.Empty,
        string text => text,
        JsonElement { ValueKind: JsonValueKind.String } json => json.GetString()!,
        AIContent content => TextOf(content),
        IEnumerable<AIContent> contents => string.Concat(contents.Select(TextOf)),
        var value => PythonJson.Dumps(ToJson(value, value.GetType())),
    };

    private string TextOf(AIContent content) => content is TextContent text ? text.Text : throw Unreadable(content, ChatRole.Tool);

    private NotSupportedException Unreadable(AIContent content, ChatRole role)
    {
        var kind = content switch
        {
            DataContent data => $"data of the type {data.MediaType}",
            UriContent uri => $"a link to {uri.MediaType}",
            _ => content.GetType().Name,
        };
        return new NotSupportedException($"The model reads text only, but message {_read} ({role}) holds {kind}; leave it out, or say it in words.");
    }

    private static JsonElement ToJson(object value, Type type) =>
        JsonSerializer.SerializeToElement(value, AIJsonUtilities.DefaultOptions.GetTypeInfo(type));
}
