using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using QwenIde.Workspace.Repairs;

namespace QwenIde.Workspace.Tests.Repairs;

public sealed class UsingDirectivesTests
{
    [Theory]
    [InlineData("System first, as the file has it", "System.Text",
        "using System;\nusing System.Xml;\nusing Acme;\n\nclass C { }\n",
        "using System;\nusing System.Text;\nusing System.Xml;\nusing Acme;\n\nclass C { }\n")]
    [InlineData("System among the others, as the file has it", "System.Text",
        "using Acme;\nusing System;\nusing Zebra;\n\nclass C { }\n",
        "using Acme;\nusing System;\nusing System.Text;\nusing Zebra;\n\nclass C { }\n")]
    [InlineData("System before the only other one", "System",
        "using Acme;\n\nclass C { }\n",
        "using System;\nusing Acme;\n\nclass C { }\n")]
    [InlineData("in its own group", "Acme.Billing",
        "using System;\nusing System.Linq;\n\nusing Acme.Core;\nusing Acme.Data;\n\nclass C { }\n",
        "using System;\nusing System.Linq;\n\nusing Acme.Billing;\nusing Acme.Core;\nusing Acme.Data;\n\nclass C { }\n")]
    [InlineData("at the end of its kin where there is no order", "System.Text",
        "using Zebra;\nusing System.Linq;\nusing System;\nusing Acme;\n\nclass C { }\n",
        "using Zebra;\nusing System.Linq;\nusing System;\nusing System.Text;\nusing Acme;\n\nclass C { }\n")]
    [InlineData("above static ones and aliases", "System",
        "using static Acme.Math;\nusing Map = Acme.Map;\n\nclass C { }\n",
        "using System;\nusing static Acme.Math;\nusing Map = Acme.Map;\n\nclass C { }\n")]
    [InlineData("below global ones", "System",
        "global using Acme;\n\nclass C { }\n",
        "global using Acme;\nusing System;\n\nclass C { }\n")]
    [InlineData("below the licence", "System",
        "// Licence.\n// More.\n\nnamespace N;\n",
        "// Licence.\n// More.\n\nusing System;\n\nnamespace N;\n")]
    [InlineData("above the comment of the first declaration", "System",
        "/// <summary>C.</summary>\nclass C { }\n",
        "using System;\n\n/// <summary>C.</summary>\nclass C { }\n")]
    [InlineData("below a directive", "System",
        "#nullable enable\nnamespace N;\n",
        "#nullable enable\nusing System;\n\nnamespace N;\n")]
    [InlineData("below extern aliases", "System",
        "extern alias legacy;\n\nnamespace N;\n",
        "extern alias legacy;\n\nusing System;\n\nnamespace N;\n")]
    [InlineData("inside the namespace, where the file keeps them", "System",
        "namespace N\n{\n\tusing Acme;\n\n\tclass C { }\n}\n",
        "namespace N\n{\n\tusing System;\n\tusing Acme;\n\n\tclass C { }\n}\n")]
    [InlineData("with the file's line ending", "System.Text",
        "using System;\r\n\r\nclass C { }\r\n",
        "using System;\r\nusing System.Text;\r\n\r\nclass C { }\r\n")]
    [InlineData("in an empty file", "System", "", "using System;\n\n")]
    public void A_using_goes_where_the_file_would_have_it(string why, string name, string before, string after)
    {
        var text = SourceText.From(before);
        var root = (CompilationUnitSyntax)CSharpSyntaxTree.ParseText(text, cancellationToken: TestContext.Current.CancellationToken)
            .GetRoot(TestContext.Current.CancellationToken);
        var position = Math.Max(0, before.LastIndexOf("class C", StringComparison.Ordinal));

        Assert.True(after == text.WithChanges(UsingDirectives.Insert(root, text, name, position)).ToString(), why);
    }
}
