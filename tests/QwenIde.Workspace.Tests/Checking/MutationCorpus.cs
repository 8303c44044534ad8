using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace QwenIde.Workspace.Tests.Checking;

/// <summary>A small solution whose files lean on each other in many ways, and random edits of it.</summary>
internal static class MutationCorpus
{
    public static readonly TestProject[] Projects =
    [
        new TestProject("Core",
            ("Core/Money.cs", """
                using System;
                using System.Runtime.CompilerServices;
                [assembly: InternalsVisibleTo("Tests")]
                namespace Core;
                public readonly struct Money(decimal amount, string currency) : IEquatable<Money>
                {
                    private const int Scale = 2;
                    public decimal Amount { get; } = Math.Round(amount, Scale);
                    public string Currency { get; } = currency;
                    public bool Equals(Money other) => Amount == other.Amount && Currency == other.Currency;
                    public override bool Equals(object? obj) => obj is Money money && Equals(money);
                    public override int GetHashCode() => HashCode.Combine(Amount, Currency);
                    public static Money operator +(Money left, Money right) => new(left.Amount + right.Amount, left.Currency);
                }
                """),
            ("Core/Ledger.cs", """
                using System.Collections.Generic;
                using System.Linq;
                namespace Core;
                public partial class Ledger
                {
                    private readonly List<Money> _entries = [];
                    private int _version;
                    private bool _closed;
                    internal int Version => _version;
                    public event System.EventHandler? Changed;
                    public void Add(Money money)
                    {
                        if (_closed)
                            throw new System.InvalidOperationException("closed");
                        _entries.Add(money);
                        _version++;
                        Changed?.Invoke(this, System.EventArgs.Empty);
                    }
                }
                """),
            ("Core/Ledger.Totals.cs", """
                using System.Linq;
                namespace Core;
                public partial class Ledger
                {
                    private string? _name;
                    public string Name => _name ?? "unnamed";
                    public void Close(string name)
                    {
                        _name = name;
                        _closed = true;
                    }
                    public decimal Total() => _entries.Sum(entry => entry.Amount);
                    public virtual Money Largest() => _entries.OrderByDescending(entry => entry.Amount).First();
                }
                """),
            ("Core/Contracts.cs", """
                using System.Diagnostics.CodeAnalysis;
                namespace Core;
                public interface IRule<in T> where T : notnull
                {
                    bool Accepts(T item, [NotNullWhen(false)] out string? reason);
                }
                public enum Level { Low = 1, High = 1 << 2 }
                public static class Extensions
                {
                    public static T? FirstAccepted<T>(this System.Collections.Generic.IEnumerable<T> items, IRule<T> rule) where T : class
                    {
                        foreach (var item in items)
                            if (rule.Accepts(item, out _))
                                return item;
                        return null;
                    }
                }
                """)),
        new TestProject("App",
            ("App/Rules.cs", """
                using System.Diagnostics.CodeAnalysis;
                using Core;
                namespace App;
                public sealed class NameRule : IRule<string>
                {
                    public Level Level { get; init; } = Level.High;
                    public bool Accepts(string item, [NotNullWhen(false)] out string? reason)
                    {
                        reason = item.Length > (int)Level ? null : "too short";
                        return reason is null;
                    }
                }
                """),
            ("App/Service.cs", """
                using System.Threading.Tasks;
                using Core;
                namespace App;
                internal class Service(Ledger ledger)
                {
                    private readonly NameRule _rule = new() { Level = Level.Low };
                    public async Task<decimal> RunAsync(string[] names)
                    {
                        await Task.Yield();
                        var name = names.FirstAccepted(_rule);
                        if (name is not null && !_rule.Accepts(name, out var reason))
                            return reason.Length;
                        ledger.Changed += (_, _) => { };
                        ledger.Add(new Money(name?.Length ?? 0, "EUR"));
                        return ledger.Total() + ledger.Largest().Amount;
                    }
                }
                """)) { References = ["Core"] },
        new TestProject("Tests",
            ("Tests/LedgerTests.cs", """
                using Core;
                using App;
                namespace Tests;
                public class StrictLedger : Ledger
                {
                    public override Money Largest() => new(Total(), Name);
                }
                public class LedgerTests
                {
                    public bool Counts()
                    {
                        var ledger = new StrictLedger();
                        ledger.Add(new Money(1, "EUR") + new Money(2, "EUR"));
                        return ledger.Version == 1 && ledger.Largest().Equals(new Money(3, "EUR"));
                    }
                    public bool Rule() => new NameRule().Accepts("x", out var why) || why.Length > 0;
                }
                """)) { References = ["Core", "App"] },
    ];

    private static readonly string[] Words =
        ["private", "public", "internal", "static", "string", "int", "decimal", "null", "_count", "Amount", "Total", "async", "out"];

    /// <summary>Drops, swaps, doubles or replaces a token, or drops a line.</summary>
    public static async Task<(Solution After, string Description)> MutateAsync(Solution before, Random random)
    {
        var documents = before.Projects.SelectMany(project => project.Documents).ToArray();
        var document = documents[random.Next(documents.Length)];
        var text = await document.GetTextAsync();
        var tokens = (await document.GetSyntaxRootAsync())!.DescendantTokens().Where(token => token.Span.Length > 0).ToArray();
        var token = tokens[random.Next(tokens.Length - 1)];
        var other = tokens[random.Next(tokens.Length)];
        var line = text.Lines[random.Next(text.Lines.Count)];
        var (span, replacement) = random.Next(6) switch
        {
            0 => (token.Span, ""),
            1 => (token.Span, other.Text),
            2 => (token.Span, token.Text + " " + token.Text),
            3 => (token.Span, Words[random.Next(Words.Length)]),
            4 => (token.Span, token.IsKind(SyntaxKind.IdentifierToken) ? token.Text + "X" : token.Text + " /* x */"),
            _ => (line.SpanIncludingLineBreak, ""),
        };
        return (before.WithDocumentText(document.Id, text.Replace(span, replacement)),
            $"{document.FilePath} {text.Lines.GetLinePosition(span.Start)}: '{text.ToString(span)}' -> '{replacement}'");
    }
}
