using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace QwenIde.Bench.Engine.Measuring;

/// <summary>How fast the machine reads memory: the limit of every decoded token.</summary>
internal static unsafe class ReadBandwidth
{
    // Far more than any cache holds.
    private const nuint BytesPerThread = 512u << 20;
    private const int Passes = 10;

    /// <summary>Adds up a large buffer on so many threads and gives the best of a few passes, in bytes a second.</summary>
    public static double Measure(int threads)
    {
        var best = double.PositiveInfinity;
        var total = BytesPerThread * (nuint)threads;
        var buffer = (byte*)NativeMemory.AlignedAlloc(total, 4096);
        try
        {
            // Pages come into being when first written.
            NativeMemory.Fill(buffer, total, 1);
            for (var pass = 0; pass < Passes; pass++)
            {
                var begun = Stopwatch.GetTimestamp();
                Thread[] readers = [.. Enumerable.Range(0, threads).Select(index => new Thread(() => Read(buffer + (nuint)index * BytesPerThread)))];
                foreach (Thread reader in readers)
                    reader.Start();
                foreach (Thread reader in readers)
                    reader.Join();
                best = Math.Min(best, Stopwatch.GetElapsedTime(begun).TotalSeconds);
            }
        }
        finally
        {
            NativeMemory.AlignedFree(buffer);
        }
        return total / best;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Read(byte* start)
    {
        // Several sums, so that no addition waits for the one before.
        Vector<ulong> a = default, b = default, c = default, d = default;
        var step = (nuint)Vector<byte>.Count;
        for (nuint at = 0; at < BytesPerThread; at += 4 * step)
        {
            a += Unsafe.Read<Vector<ulong>>(start + at);
            b += Unsafe.Read<Vector<ulong>>(start + at + step);
            c += Unsafe.Read<Vector<ulong>>(start + at + 2 * step);
            d += Unsafe.Read<Vector<ulong>>(start + at + 3 * step);
        }
        GC.KeepAlive(Vector.Sum(a + b + c + d));
    }
}
