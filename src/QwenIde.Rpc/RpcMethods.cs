using System.Text.Json.Serialization.Metadata;

namespace QwenIde.Rpc;

/// <summary>A method that is answered: its name on the wire and how its parameters and its result are written.</summary>
/// <param name="Name">The method's name on the wire.</param>
/// <param name="Params">JSON form of the parameters; <see cref="RpcNothing.Json"/> when there are none.</param>
/// <param name="Result">JSON form of the result; <see cref="RpcNothing.Json"/> when it is always null.</param>
/// <typeparam name="TParams">What the caller sends.</typeparam>
/// <typeparam name="TResult">What comes back.</typeparam>
public sealed record RpcRequest<TParams, TResult>(string Name, JsonTypeInfo<TParams> Params, JsonTypeInfo<TResult> Result);

/// <summary>A method without an answer: its name on the wire and how its parameters are written.</summary>
/// <param name="Name">The method's name on the wire.</param>
/// <param name="Params">JSON form of the parameters; <see cref="RpcNothing.Json"/> when there are none.</param>
/// <typeparam name="TParams">What the sender sends.</typeparam>
public sealed record RpcNotification<TParams>(string Name, JsonTypeInfo<TParams> Params);
