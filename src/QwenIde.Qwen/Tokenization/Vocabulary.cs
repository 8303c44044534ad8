using System.Runtime.InteropServices;

namespace QwenIde.Qwen.Tokenization;

/// <summary>The bytes of every token, and the way back from bytes to the id.</summary>
internal sealed class Vocabulary
{
    private readonly byte[] _bytes;
    private readonly Slice[] _slices;
    private readonly int[] _table;

    private Vocabulary(byte[] bytes, Slice[] slices, int[] table)
    {
        _bytes = bytes;
        _slices = slices;
        _table = table;
    }

    /// <summary>One more than the highest id.</summary>
    public int Size => _slices.Length;

    /// <summary>The token's bytes; empty for an id that no token has.</summary>
    public ReadOnlySpan<byte> BytesOf(int id)
    {
        var slice = _slices[id];
        return _bytes.AsSpan(slice.Start, slice.Length);
    }

    /// <summary>The id of the token with exactly these bytes, or -1.</summary>
    public int Find(ReadOnlySpan<byte> bytes)
    {
        var slot = Hash(bytes) & (uint)(_table.Length - 1);
        while (_table[slot] >= 0)
        {
            if (BytesOf(_table[slot]).SequenceEqual(bytes))
                return _table[slot];
            slot = (slot + 1) & (uint)(_table.Length - 1);
        }

        return -1;
    }

    private static uint Hash(ReadOnlySpan<byte> bytes)
    {
        var hash = (ulong)bytes.Length;
        while (bytes.Length >= sizeof(ulong))
        {
            hash = (hash ^ MemoryMarshal.Read<ulong>(bytes)) * 0x9E3779B97F4A7C15;
            hash ^= hash >> 32;
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (var value in bytes)
            hash = (hash ^ value) * 0x9E3779B97F4A7C15;
        return (uint)(hash >> 32);
    }

    private readonly record struct Slice(int Start, int Length);

    /// <summary>Collects tokens in any order.</summary>
    public sealed class Builder
    {
        private readonly List<(int Id, Slice Slice)> _tokens = [];
        private byte[] _bytes = new byte[1 << 16];
        private int _used;
        private int _size;

        /// <summary>Adds a token.</summary>
        public void Add(int id, ReadOnlySpan<byte> bytes)
        {
            if (_bytes.Length - _used < bytes.Length)
                Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _used + bytes.Length));
            bytes.CopyTo(_bytes.AsSpan(_used));
            _tokens.Add((id, new Slice(_used, bytes.Length)));
            _used += bytes.Length;
            _size = Math.Max(_size, id + 1);
        }

        /// <summary>The vocabulary of what was added.</summary>
        /// <exception cref="InvalidDataException">Two tokens have one id, or the same bytes.</exception>
        public Vocabulary Build()
        {
            var slices = new Slice[_size];
            var table = new int[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)_tokens.Count * 2 + 2)];
            Array.Fill(table, -1);
            var vocabulary = new Vocabulary(_bytes, slices, table);
            foreach (var (id, slice) in _tokens)
            {
                if (slices[id].Length > 0)
                    throw new InvalidDataException($"`model.vocab` gives the id {id} twice.");
                slices[id] = slice;
                var bytes = _bytes.AsSpan(slice.Start, slice.Length);
                var slot = Hash(bytes) & (uint)(table.Length - 1);
                while (table[slot] >= 0)
                {
                    if (vocabulary.BytesOf(table[slot]).SequenceEqual(bytes))
                        throw new InvalidDataException($"`model.vocab` holds one token twice, as {table[slot]} and as {id}.");
                    slot = (slot + 1) & (uint)(table.Length - 1);
                }

                table[slot] = id;
            }

            return vocabulary;
        }
    }
}
