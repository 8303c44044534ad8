using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shop.Cli;
using Shop.Cli.Commands;
using Shop.Orders;

await using var services = new ServiceCollection()
    .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning))
    .AddShop(SampleProducts.All)
    .AddSingleton<ReceiptPrinter>()
    .AddSingleton<ICommand, SearchCommand>()
    .AddSingleton<ICommand, BuyCommand>()
    .BuildServiceProvider();

var commands = services.GetServices<ICommand>().ToDictionary(command => command.Name);
if (args is [var name, .. var rest] && commands.TryGetValue(name, out var chosen))
    return await chosen.RunAsync(rest, Console.Out, CancellationToken.None);

Console.Error.WriteLine($"Say one of: {string.Join(", ", commands.Keys)}.");
return 2;
