using Helu.ModelReading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Helu.CodeFixes.Editing;

/// <summary>Names of TorchSharp as a file writes them, which depends on its usings.</summary>
internal static class AccessibleNames
{
    /// <summary><c>init</c> under <c>using static TorchSharp.torch.nn;</c>, else <c>nn.init</c>, <c>torch.nn.init</c>.</summary>
    public static string Init(DocumentEdits edits, int position) => Of("TorchSharp.torch+nn+init", edits, position);

    /// <summary><c>BatchNorm1d</c> under <c>using static TorchSharp.torch.nn;</c>, else <c>nn.BatchNorm1d</c>, <c>torch.nn.BatchNorm1d</c>.</summary>
    public static string Factory(string name, DocumentEdits edits, int position)
    {
        bool isBare = edits.Model.LookupSymbols(position, name: name).OfType<IMethodSymbol>().Any(method => TorchTypes.Same(method.ContainingType, edits.Types.Nn));
        return isBare ? name : $"{edits.Types.Nn!.ToMinimalDisplayString(edits.Model, position)}.{name}";
    }

    /// <summary>A name that nothing at <paramref name="position"/> has, and that is not in <paramref name="taken"/>: the first of name, name2, name3, ...</summary>
    public static string Unused(string name, DocumentEdits edits, int position, ICollection<string> taken)
    {
        for (int i = 1; ; i++)
        {
            string candidate = i == 1 ? name : name + i;
            if (taken.Contains(candidate) || edits.Model.LookupSymbols(position, name: candidate).Any(symbol => symbol is not INamespaceOrTypeSymbol))
                continue;
            return candidate;
        }
    }

    private static string Of(string metadataName, DocumentEdits edits, int position) =>
        edits.Model.Compilation.GetTypeByMetadataName(metadataName)!.ToMinimalDisplayString(edits.Model, position);
}
