using System.Text;
using Helu.CodeFixes.Editing;
using Microsoft.CodeAnalysis;

namespace Helu.CodeFixes.Relu;

/// <summary>
/// Writes the loop that initialises all layers for ReLU: weights uniform in ±sqrt(6 / fan_in) (He et al., arXiv 1502.01852), biases zero.
/// </summary>
internal static class KaimingLoop
{
    /// <summary>The call that initialises one weight.</summary>
    public static string Call(string weight, string init) => $"{init}.kaiming_uniform_({weight}, nonlinearity: {init}.NonlinearityType.ReLU)";

    /// <summary>A foreach over <paramref name="modules"/>, each line with its indentation and line end.</summary>
    /// <param name="modules">The expression of the modules: <c>modules()</c>, <c>net.modules()</c>.</param>
    /// <param name="layers">The kinds of layers among them, at least one.</param>
    /// <param name="position">Where names are looked up.</param>
    /// <param name="indentation">That of the foreach.</param>
    /// <param name="unit">One level of indentation.</param>
    public static string Write(string modules, IReadOnlyList<WeightLayer> layers, DocumentEdits edits, int position, string indentation, string unit)
    {
        edits.Import("TorchSharp.Modules", position);
        string init = AccessibleNames.Init(edits, position);
        bool warnsOfNull = edits.Model.GetNullableContext(position).WarningsEnabled();
        var taken = new HashSet<string>();
        string module = Name("module");
        var text = new StringBuilder();
        Line(0, $"foreach (var {module} in {modules})");
        Line(0, "{");
        string @else = "";
        foreach (WeightLayer layer in layers)
        {
            string name = Name(char.ToLowerInvariant(layer.Type[0]) + layer.Type.Substring(1));
            Line(1, $"{@else}if ({module} is {layer.Type} {name})");
            Line(1, "{");
            Line(2, Call($"{name}.weight", init) + ";");
            bool mayLackBias = warnsOfNull || !layer.HasBias;
            if (mayLackBias)
                Line(2, $"if ({name}.bias is not null)");
            Line(mayLackBias ? 3 : 2, $"{init}.zeros_({name}.bias);");
            Line(1, "}");
            @else = "else ";
        }
        Line(0, "}");
        return text.ToString();

        string Name(string wanted)
        {
            string name = AccessibleNames.Unused(wanted, edits, position, taken);
            taken.Add(name);
            return name;
        }

        void Line(int level, string code) => text.Append(indentation).Append(string.Concat(Enumerable.Repeat(unit, level))).Append(code).Append(edits.EndOfLine);
    }
}
