using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Helu.ModelReading.Sites;

/// <summary>What is known of a swapped call beyond its form.</summary>
/// <param name="Origin">Who can hold the tensor that it takes.</param>
/// <param name="Producer">The module's call that returned this tensor right before; null where none did.</param>
/// <param name="Module">The name of the module that is called, or else of the one that returned the tensor; null where neither has one.</param>
internal readonly record struct SiteReading(ArgumentOrigin Origin, IInvocationOperation? Producer, string? Module)
{
    /// <summary>The producer's call, where it has to be redirected too.</summary>
    public InvocationExpressionSyntax? Noted => Origin == ArgumentOrigin.Noted ? (InvocationExpressionSyntax)Producer!.Syntax : null;
}
