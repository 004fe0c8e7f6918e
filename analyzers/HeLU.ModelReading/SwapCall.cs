using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Helu.ModelReading;

/// <summary>A call in annotated code that is to be redirected.</summary>
/// <param name="Form">What is called.</param>
/// <param name="Syntax">The call.</param>
/// <param name="Type">The type it is written in.</param>
/// <param name="Annotation">What its nearest attribute asks for.</param>
/// <param name="Model">The semantic model of its file.</param>
internal readonly record struct SwapCall(
    SwapForm Form, InvocationExpressionSyntax Syntax, INamedTypeSymbol Type, Annotation Annotation, SemanticModel Model);
