using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace QwenIde.Workspace.Repairs;

/// <summary>
/// One diagnostic with all that a family of repairs needs to look around it, and the offers made so far. Offers are edits of
/// texts: what is not edited keeps its trivia, indentation and line endings.
/// </summary>
internal sealed class RepairContext
{
    private readonly ImmutableArray<RepairCandidate>.Builder _offers = ImmutableArray.CreateBuilder<RepairCandidate>();

    private RepairContext(
        RepairRequest request, SemanticModel model, CompilationUnitSyntax root, SourceText text, CancellationToken cancellationToken)
    {
        Document = request.Document;
        Diagnostic = request.Diagnostic;
        Model = model;
        Root = root;
        Text = text;
        CancellationToken = cancellationToken;
        NewLine = CodeStyleOf.NewLine(text);
        Indentation = CodeStyleOf.Indentation(text);
    }

    public Document Document { get; }

    public Diagnostic Diagnostic { get; }

    public SemanticModel Model { get; }

    public Compilation Compilation => Model.Compilation;

    public CompilationUnitSyntax Root { get; }

    public SourceText Text { get; }

    public CancellationToken CancellationToken { get; }

    /// <summary>The file's line ending.</summary>
    public string NewLine { get; }

    /// <summary>One step of the file's indentation.</summary>
    public string Indentation { get; }

    public string Id => Diagnostic.Id;

    public TextSpan Span => Diagnostic.Location.SourceSpan;

    /// <summary>The innermost node that fills the diagnostic's span.</summary>
    public SyntaxNode Node => Root.FindNode(Span, getInnermostNodeForTie: true);

    /// <summary>What has been offered, the likeliest first.</summary>
    public ImmutableArray<RepairCandidate> Offers => [.. _offers.OrderByDescending(offer => offer.Score)];

    /// <summary>Binds the document of a request; null if it has no C# tree.</summary>
    public static async Task<RepairContext?> CreateAsync(RepairRequest request, CancellationToken cancellationToken)
    {
        if (await request.Document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false) is not CompilationUnitSyntax root
            || await request.Document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } model)
            return null;
        var text = await request.Document.GetTextAsync(cancellationToken).ConfigureAwait(false);
        return new RepairContext(request, model, root, text, cancellationToken);
    }

    /// <summary>Offers edits of the document.</summary>
    public void Offer(string title, double score, params IEnumerable<TextChange> edits)
    {
        var changed = Text.WithChanges(CodeStyleOf.WithLineEndingsOf(Text, edits.OrderBy(edit => edit.Span)));
        OfferSolution(title, score, With(Document, changed));
    }

    /// <summary>Offers edits of the file in which <paramref name="tree"/> stands, which may be another one.</summary>
    public void OfferIn(SyntaxTree tree, string title, double score, params IEnumerable<TextChange> edits)
    {
        if (Document.Project.Solution.GetDocument(tree) is not { } other)
            return;
        var text = tree.GetText(CancellationToken);
        var changed = text.WithChanges(CodeStyleOf.WithLineEndingsOf(text, edits.OrderBy(edit => edit.Span)));
        OfferSolution(title, score, With(other, changed));
    }

    /// <summary>Offers a solution in which texts differ.</summary>
    public void OfferSolution(string title, double score, Solution changed) =>
        _offers.Add(new RepairCandidate(title, RepairFamily.SourceName, changed, Math.Clamp(score, 0, 1)));

    /// <summary>A file that several projects share changes in all of them.</summary>
    private static Solution With(Document document, SourceText text) =>
        document.Project.Solution.WithDocumentText([document.Id, .. document.GetLinkedDocumentIds()], text);

    /// <summary>The nearest node of a kind around the diagnostic.</summary>
    public T? Enclosing<T>()
        where T : SyntaxNode => Node.FirstAncestorOrSelf<T>();

    /// <summary>A type as one would write it at <paramref name="position"/>.</summary>
    public string Write(ITypeSymbol type, int position) => type.ToMinimalDisplayString(Model, position);

    /// <summary>Everything that a simple name may mean at <paramref name="position"/>.</summary>
    public ImmutableArray<ISymbol> InScope(int position) => Model.LookupSymbols(position);

    /// <summary>Whether an expression of one type may stand where the other is wanted.</summary>
    public bool Converts(ITypeSymbol from, ITypeSymbol to) => Compilation.ClassifyConversion(from, to).IsImplicit;
}
