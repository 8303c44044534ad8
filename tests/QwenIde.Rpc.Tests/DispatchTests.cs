namespace QwenIde.Rpc.Tests;

public sealed class DispatchTests
{
    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_concurrent_request_sees_every_mutation_before_it_and_none_after()
    {
        var state = 0;
        await using var pair = Connected.Start(new RpcHandlers()
            .Ordered(Methods.Set, async (number, _) =>
            {
                await Task.Yield();
                state = number.Value;
            })
            .Concurrent(Methods.Read, _ =>
            {
                var captured = state;
                return async _ =>
                {
                    await Task.Yield();
                    return new Number { Value = captured };
                };
            }));

        var answers = new List<Task<Number>>();
        for (var i = 1; i <= 200; i++)
        {
            await pair.Client.NotifyAsync(Methods.Set, new Number { Value = i }, Ending);
            answers.Add(pair.Client.RequestAsync(Methods.Read, RpcNothing.Value, Ending));
        }

        var seen = await Task.WhenAll(answers);
        Assert.Equal(Enumerable.Range(1, 200), seen.Select(number => number.Value));
    }
}
