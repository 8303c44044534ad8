using System.Buffers;

namespace QwenIde.Export.Writing;

/// <summary>A buffer from the shared pool, of exactly the length asked for.</summary>
internal readonly struct PooledBuffer<T> : IDisposable
{
    private readonly T[] _array;
    private readonly int _length;

    private PooledBuffer(int length)
    {
        _array = ArrayPool<T>.Shared.Rent(length);
        _length = length;
    }

    public Span<T> Span => _array.AsSpan(0, _length);

    public static PooledBuffer<T> Rent(int length) => new(length);

    public void Dispose() => ArrayPool<T>.Shared.Return(_array);
}
