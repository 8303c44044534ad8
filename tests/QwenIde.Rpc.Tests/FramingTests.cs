using System.IO.Pipelines;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using QwenIde.Rpc.Framing;

namespace QwenIde.Rpc.Tests;

public sealed class FramingTests
{
    private const int Limit = 40;

    private static readonly Config _config = Config.QuickThrowOnFailure.WithMaxTest(500).WithQuietOnSuccess(true);

    [Theory]
    [InlineData("Content-Length: 2\r\n\r\n{}")]
    [InlineData("content-length:2\r\n\r\n{}")]
    [InlineData("CONTENT-LENGTH:   2  \r\n\r\n{}")]
    [InlineData("Content-Type: application/vscode-jsonrpc; charset=utf8\r\nContent-Length: 2\r\n\r\n{}")]
    [InlineData("Content-Length: 2\r\nContent-Type: application/vscode-jsonrpc; charset=utf-8\r\nX-More: yes\r\n\r\n{}")]
    [InlineData("Content-Length: 2\n\n{}")]
    [InlineData("\r\n\r\nContent-Length: 2\r\n\r\n{}\r\n")]
    [InlineData("\ufeffContent-Length: 2\r\n\r\n{}")]
    public async Task Headers_are_read_leniently(string sent)
    {
        var inputs = await ReadAllAsync(MessageFraming.ContentLength, Encoding.UTF8.GetBytes(sent), 1);
        Assert.Equal("{}", Assert.Single(Bodies(inputs)));
        Assert.Empty(inputs.OfType<FramedInput.Garbage>());
        Assert.Equal(new FramedInput.Ended(false), inputs[^1]);
    }

    [Theory]
    [InlineData("Loading the solution...\r\n")]
    [InlineData("Loading without an end of line ")]
    [InlineData("Content-Length: many\r\n\r\n")]
    [InlineData("Content-Length: -1\r\n\r\n")]
    [InlineData("Content-Length: 99999999999999999999999\r\n\r\n")]
    [InlineData("Content-Length: 4294967298\r\n\r\n")]
    [InlineData("Content-Length: 2x\r\n\r\n")]
    [InlineData("Content-Length:\r\n\r\n")]
    [InlineData("Content-Type: nothing else\r\n\r\n")]
    [InlineData("{\"jsonrpc\":\"2.0\"}\n\n")]
    [InlineData("\0\u0001\u0002\n\n\n")]
    public async Task Garbage_before_a_message_is_passed_over(string garbage)
    {
        var inputs = await ReadAllAsync(MessageFraming.ContentLength, Encoding.UTF8.GetBytes(garbage + "Content-Length: 2\r\n\r\n{}"), 7);
        Assert.Equal("{}", Assert.Single(Bodies(inputs)));
        Assert.Equal(new FramedInput.Ended(false), inputs[^1]);
    }

    [Fact]
    public async Task Much_garbage_in_one_line_is_passed_over_without_being_held()
    {
        var sent = new byte[1_000_000];
        Array.Fill(sent, (byte)'x');
        "Content-Length: 2\r\n\r\n{}"u8.CopyTo(sent.AsSpan(^23..));
        var inputs = await ReadAllAsync(MessageFraming.ContentLength, sent, 1000);
        Assert.Equal("{}", Assert.Single(Bodies(inputs)));
    }

    [Theory]
    [InlineData("{}\n", 1)]
    [InlineData("{}\r\n{}\r\n", 2)]
    [InlineData("\n\n  \r\n{}\n\n", 1)]
    public async Task A_line_is_a_message_and_an_empty_line_is_nothing(string sent, int messages)
    {
        var inputs = await ReadAllAsync(MessageFraming.Newline, Encoding.UTF8.GetBytes(sent), 1);
        Assert.Equal(messages, Bodies(inputs).Count());
        Assert.Equal(new FramedInput.Ended(false), inputs[^1]);
    }

    [Fact]
    public async Task A_last_line_without_its_end_is_cut_off()
    {
        var inputs = await ReadAllAsync(MessageFraming.Newline, "{}\n{\"half"u8.ToArray(), 3);
        Assert.Single(Bodies(inputs));
        Assert.Equal(new FramedInput.Ended(true), inputs[^1]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void However_a_stream_of_messages_is_split_it_reads_the_same(bool byLine)
    {
        var framing = byLine ? MessageFraming.Newline : MessageFraming.ContentLength;
        var body = ArbMap.Default.GeneratorFor<byte>()
            .ListOf()
            .Where(bytes => !byLine || (!bytes.Contains((byte)'\n') && bytes.Any(b => b is not ((byte)' ' or (byte)'\t' or (byte)'\r'))))
            .Select(bytes => bytes.ToArray());
        var cases = from bodies in body.ListOf() from splits in Gen.Choose(1, 40).NonEmptyListOf() select (bodies, splits);
        Prop.ForAll(cases.ToArbitrary(), sample => Run(async () =>
        {
            var inputs = await ReadAllAsync(framing, Frame(framing, sample.bodies), [.. sample.splits]);
            var expected = sample.bodies
                .Select(bytes => bytes.Length > Limit ? $"too large: {bytes.Length}" : Convert.ToHexString(bytes))
                .Append("ended");
            Assert.Equal(expected, inputs.Select(Describe));
        })).Check(_config);
    }

    [Fact]
    public void Garbage_between_messages_never_loses_one()
    {
        // Garbage without a line feed of its own before a message, or with an empty line behind it: what a stray print makes.
        var garbage = ArbMap.Default.GeneratorFor<byte>().ListOf()
            .Select(bytes => bytes.ToArray())
            .Where(bytes => !Encoding.Latin1.GetString(bytes).Contains("length", StringComparison.OrdinalIgnoreCase));
        var cases = from pieces in garbage.NonEmptyListOf() from splits in Gen.Choose(1, 40).NonEmptyListOf() select (pieces, splits);
        Prop.ForAll(cases.ToArbitrary(), sample => Run(async () =>
        {
            var stream = new List<byte>();
            foreach (var piece in sample.pieces)
            {
                stream.AddRange(piece);
                stream.AddRange("Content-Length: 4\r\n\r\ngood"u8);
            }

            var inputs = await ReadAllAsync(MessageFraming.ContentLength, [.. stream], [.. sample.splits]);
            Assert.Equal(sample.pieces.Count, Bodies(inputs).Count(body => body == "good"));
            Assert.Equal(new FramedInput.Ended(false), inputs[^1]);
        })).Check(_config);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Whatever_comes_reading_ends_with_the_stream(bool byLine)
    {
        var framing = byLine ? MessageFraming.Newline : MessageFraming.ContentLength;
        var piece = Gen.OneOf(
            Gen.Elements("Content-Length: ", "content-length:", "\r\n", "\n", "\r\n\r\n", "2", "99", "1000", "2147483647", "-1", "{}", ":", " ", "\0")
                .Select(Encoding.UTF8.GetBytes),
            ArbMap.Default.GeneratorFor<byte>().ListOf().Select(bytes => bytes.ToArray()));
        var cases = from pieces in piece.ListOf() from splits in Gen.Choose(1, 40).NonEmptyListOf() select (pieces, splits);
        Prop.ForAll(cases.ToArbitrary(), sample => Run(async () =>
        {
            var inputs = await ReadAllAsync(framing, [.. sample.pieces.SelectMany(bytes => bytes)], [.. sample.splits]);
            Assert.IsType<FramedInput.Ended>(inputs[^1]);
        })).Check(_config);
    }

    [Fact]
    public void Whatever_comes_a_peer_answers_the_request_behind_it()
    {
        var piece = Gen.OneOf(
            Gen.Elements("{", "}", "[", "]", "\"jsonrpc\":\"2.0\"", "\"id\":1", "\"id\":", "\"method\":\"echo\"", "\"params\":", ",", "\"\\ud800\"", "1e999", "null", "\"result\":", "\"error\":")
                .Select(Encoding.UTF8.GetBytes),
            ArbMap.Default.GeneratorFor<byte>().ListOf().Select(bytes => bytes.ToArray()));
        var body = piece.ListOf().Select(pieces => pieces.SelectMany(bytes => bytes).ToArray());
        Prop.ForAll(body.ListOf().ToArbitrary(), bodies => Run(async () =>
        {
            await using var raw = new Raw(new RpcHandlers().Concurrent(Methods.Echo, text => _ => Task.FromResult(text)));
            await raw.SendBytesAsync(Frame(MessageFraming.ContentLength, bodies));
            await raw.SendAsync("""{"jsonrpc":"2.0","id":"last","method":"echo","params":{"value":"here"}}""");
            while (await raw.ReceiveAsync() != """{"jsonrpc":"2.0","id":"last","result":{"value":"here"}}""")
            {
            }
        })).Check(_config);
    }

    private static bool Run(Func<Task> test)
    {
        Task.Run(test, TestContext.Current.CancellationToken).GetAwaiter().GetResult();
        return true;
    }

    private static byte[] Frame(IMessageFraming framing, IEnumerable<byte[]> bodies)
    {
        var stream = new System.Buffers.ArrayBufferWriter<byte>();
        foreach (var body in bodies)
            framing.Write(stream, body);
        return stream.WrittenSpan.ToArray();
    }

    /// <summary>Reads a stream that comes in pieces of the given sizes, over and over.</summary>
    private static async Task<List<FramedInput>> ReadAllAsync(IMessageFraming framing, byte[] stream, params int[] splits)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var pipe = new Pipe(new PipeOptions(readerScheduler: PipeScheduler.Inline, writerScheduler: PipeScheduler.Inline, pauseWriterThreshold: 0));
        var inputs = new List<FramedInput>();
        var reading = Task.Run(
            async () =>
            {
                do
                    inputs.Add(await framing.ReadAsync(pipe.Reader, Limit, cancellation));
                while (inputs[^1] is not FramedInput.Ended);
            },
            cancellation);
        for (int at = 0, i = 0; at < stream.Length; i++)
        {
            var length = Math.Min(splits[i % splits.Length], stream.Length - at);
            await pipe.Writer.WriteAsync(stream.AsMemory(at, length), cancellation);
            at += length;
        }

        await pipe.Writer.CompleteAsync();
        await reading.WaitAsync(cancellation);
        return inputs;
    }

    private static IEnumerable<string> Bodies(IEnumerable<FramedInput> inputs) =>
        inputs.OfType<FramedInput.Message>().Select(message => Encoding.UTF8.GetString(message.Body.Span));

    private static string Describe(FramedInput input) => input switch
    {
        FramedInput.Message message => Convert.ToHexString(message.Body.Span),
        FramedInput.TooLarge large => $"too large: {large.Length}",
        FramedInput.Ended { Truncated: false } => "ended",
        _ => input.ToString(),
    };
}
