using System.Text.RegularExpressions;

namespace QwenIde.Rpc.Tests.Conformance;

/// <summary>vscode-jsonrpc calls our peer: the checks stand in <c>tests/rpc-conformance/client.mjs</c>.</summary>
public sealed partial class VscodeClientTests(VscodeClientTests.Report report) : IClassFixture<VscodeClientTests.Report>
{
    public static TheoryData<string> Checks => new(
        "a hundred interleaved changes and questions are answered in order",
        "ordered requests see each other one by one",
        "a cancellation overtakes and is answered -32800",
        "progress comes before the answer, in order",
        "a request inside a request",
        "the peer cancels a request of its own",
        "error codes arrive as they were meant",
        "text of every kind survives",
        "unknown notifications are ignored",
        "five hundred requests at once",
        "a body of 20 MB there and back",
        "a body of 100 MB is refused with a sentence, the connection lives on, memory stays",
        "byte by byte",
        "several messages in one write",
        "headers in any case, with a content type",
        "what is no message is refused and the connection lives on",
        "when the client vanishes the peer ends and says so",
        "when the client vanishes within a message the peer ends and says so");

    [Theory]
    [MemberData(nameof(Checks))]
    public void Passes(string check) => Assert.True(report.Passed.Contains(check), report.Output);

    [Fact]
    public void Every_check_is_listed_here() =>
        Assert.Equal(Checks.Select(row => row.Data).Order(StringComparer.Ordinal), report.All.Order(StringComparer.Ordinal));

    public sealed partial class Report : IAsyncLifetime
    {
        public string Output { get; private set; } = "";

        public IReadOnlyList<string> All { get; private set; } = [];

        public IReadOnlySet<string> Passed { get; private set; } = new HashSet<string>();

        public async ValueTask InitializeAsync()
        {
            using var node = Node.Start(
                "--test-reporter=tap", "client.mjs", Path.Combine(AppContext.BaseDirectory, "QwenIde.Rpc.EchoPeer.dll"));
            node.StandardInput.Close();
            var errors = node.StandardError.ReadToEndAsync();
            Output = await node.StandardOutput.ReadToEndAsync() + await errors;
            var lines = TapLine().Matches(Output);
            All = [.. lines.Select(line => line.Groups["name"].Value)];
            Passed = lines.Where(line => !line.Groups["not"].Success).Select(line => line.Groups["name"].Value).ToHashSet();
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        [GeneratedRegex(@"^(?<not>not )?ok \d+ - (?<name>.*)$", RegexOptions.Multiline)]
        private static partial Regex TapLine();
    }
}
