using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace QwenIde.Bench.Planting;

/// <summary>A change of one file's text that is likely to break it.</summary>
/// <param name="Change">What is replaced, by what.</param>
/// <param name="What">For people.</param>
internal sealed record Plant(TextChange Change, string What);

/// <summary>A mistake that people make, and where in a file it could be made.</summary>
/// <param name="Name">A few words.</param>
/// <param name="Find">Every place in a syntax tree where it could be planted. Whether the compiler minds is not known yet.</param>
internal sealed record Planter(string Name, Func<SyntaxNode, IEnumerable<Plant>> Find);
