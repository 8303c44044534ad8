using System.Diagnostics.CodeAnalysis;

namespace Shop.Domain;

/// <summary>A value, or the reason why there is none.</summary>
public sealed record Result<T>
    where T : notnull
{
    private Result(T? value, string? error)
    {
        Value = value;
        Error = error;
    }

    /// <summary>The value; null if it failed.</summary>
    public T? Value { get; }

    /// <summary>The reason; null if it succeeded.</summary>
    public string? Error { get; }

    /// <summary>Whether there is a value.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsSuccess => Error is null;

    /// <summary>It worked.</summary>
    public static Result<T> Success(T value) => new(value, null);

    /// <summary>It did not.</summary>
    public static Result<T> Failure(string error) => new(default, error);

    /// <summary>Goes on with the value, or passes the reason along.</summary>
    public Result<TNext> Then<TNext>(Func<T, Result<TNext>> next)
        where TNext : notnull =>
        IsSuccess ? next(Value) : Result<TNext>.Failure(Error);
}
