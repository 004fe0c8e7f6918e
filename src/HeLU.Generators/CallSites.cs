using System.Globalization;
using Helu.ModelReading.Sites;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Helu.Generators;

/// <summary>Describes the place of a call.</summary>
internal static class CallSites
{
    private const int LongestCode = 80;

    /// <summary>Null where the compiler can't redirect the call.</summary>
    public static CallSite? Of(InvocationExpressionSyntax call, SemanticModel model, CancellationToken token) =>
        model.GetInterceptableLocation(call, token) is { } location ? new(Place(call), Code(call), location.Version, location.Data) : null;

    /// <summary>The member that the call is written in, and its line.</summary>
    public static string MemberAndLine(InvocationExpressionSyntax call) =>
        string.Format(CultureInfo.InvariantCulture, "{0}:{1}", MemberNames.Around(call), Start(call).Line + 1);

    private static string Place(InvocationExpressionSyntax call)
    {
        LinePosition start = Start(call);
        string path = call.SyntaxTree.FilePath;
        string file = OnOneLine(path.Substring(path.LastIndexOfAny(['/', '\\']) + 1));
        return string.Format(CultureInfo.InvariantCulture, "{0}, {1}({2},{3})", MemberNames.Around(call), file, start.Line + 1, start.Character + 1);
    }

    private static LinePosition Start(InvocationExpressionSyntax call) =>
        NameOf(call).GetLocation().GetLineSpan().StartLinePosition;

    /// <summary>A file's name may hold line ends where its system allows them; they would end the comment.</summary>
    private static string OnOneLine(string text) =>
        new([.. text.Select(c => char.IsControl(c) || c is '\u2028' or '\u2029' ? ' ' : c)]);

    private static ExpressionSyntax NameOf(InvocationExpressionSyntax call) => call.Expression switch
    {
        MemberAccessExpressionSyntax access => access.Name,
        MemberBindingExpressionSyntax binding => binding.Name,
        { } other => other,
    };

    private static string Code(InvocationExpressionSyntax call)
    {
        SyntaxNode whole = call.Expression is MemberBindingExpressionSyntax ? call.FirstAncestorOrSelf<ConditionalAccessExpressionSyntax>() ?? (SyntaxNode)call : call;
        string code = string.Join(" ", whole.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return code.Length <= LongestCode ? code : code.Substring(0, LongestCode - 3) + "...";
    }
}
