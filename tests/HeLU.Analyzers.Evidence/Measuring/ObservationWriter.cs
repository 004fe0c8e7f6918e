using System.Globalization;
using System.Text;
using Helu.Analyzers.Evidence.Cases;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Helu.Analyzers.Evidence.Measuring;

/// <summary>
/// Writes the file that makes a program's ReLUs visible: interceptors for the functional and tensor forms and for <c>relu.forward(x)</c>, which
/// skips hooks, and for the factory of ReLU modules, which get a forward hook. Independent of the project's own reading of models.
/// </summary>
internal static class ObservationWriter
{
    public static SyntaxTree Write(CSharpCompilation compilation, SyntaxTree program)
    {
        SemanticModel model = compilation.GetSemanticModel(program);
        var interceptors = new StringBuilder();
        int index = 0;
        foreach (InvocationExpressionSyntax call in program.GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>())
        {
            if (model.GetSymbolInfo(call).Symbol is not IMethodSymbol method || Interceptor(method) is not { } interceptor)
                continue;
            string attribute = model.GetInterceptableLocation(call)?.GetInterceptsLocationAttributeSyntax()
                ?? throw new InvalidOperationException($"{program.FilePath}: cannot observe {call}; write it as an ordinary call.");
            interceptors.AppendLine(attribute);
            interceptors.AppendFormat(CultureInfo.InvariantCulture, interceptor, index++, Line(call)).AppendLine();
        }
        return CaseCompilation.Tree(File(interceptors.ToString()), "Observed.cs");
    }

    /// <summary>The line that a diagnostic at a node is shown with.</summary>
    public static int Line(SyntaxNode node) => node.GetLocation().GetLineSpan().StartLinePosition.Line + 1;

    /// <summary>The interceptor of a method, with holes for a number and the line; null where the call is not observed.</summary>
    private static string? Interceptor(IMethodSymbol method) => $"{method.ContainingType?.ToDisplayString()}.{method.Name}/{method.Parameters.Length}" switch
    {
        "TorchSharp.torch.nn.functional.relu/2" =>
            "public static Tensor Relu{0}(Tensor input, bool inplace = false) => Sites.See({1}, functional.relu(input, inplace));",
        "TorchSharp.torch.Tensor.relu/0" => "public static Tensor Relu{0}(this Tensor input) => Sites.See({1}, input.relu());",
        "TorchSharp.torch.Tensor.relu_/0" => "public static Tensor Relu{0}(this Tensor input) => Sites.See({1}, input.relu_());",
        "TorchSharp.Modules.ReLU.forward/1" =>
            "public static Tensor Relu{0}(this ReLU module, Tensor input) => Sites.See({1}, module.forward(input));",
        "TorchSharp.torch.nn.ReLU/1" => "public static ReLU Relu{0}(bool inplace = false) => Sites.Hook({1}, ReLU(inplace));",
        _ => null,
    };

    private static string File(string interceptors) =>
        $$"""
        namespace System.Runtime.CompilerServices
        {
            [AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
            file sealed class InterceptsLocationAttribute(int version, string data) : Attribute;
        }
        namespace {{CaseCompilation.ObservedNamespace}}
        {
            using System.Runtime.CompilerServices;

            public static class Sites
            {
                public static Action<int, Tensor>? Seen { get; set; }

                public static Tensor See(int line, Tensor output)
                {
                    Seen?.Invoke(line, output);
                    return output;
                }

                public static ReLU Hook(int line, ReLU module)
                {
                    module.register_forward_hook((_, _, output) => See(line, output));
                    return module;
                }
            }

            file static class Interceptors
            {
                {{interceptors}}
            }
        }
        """;
}
