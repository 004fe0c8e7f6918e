using Helu.ModelReading;
using Helu.ModelReading.Structure;

namespace Helu.Generators.Inference;

/// <summary>Writes the modules that a constructor builds as calls of the inference runtime's factories.</summary>
/// <param name="text">Where to write.</param>
/// <param name="expressions">Writes constants.</param>
/// <param name="swaps">Whether the ReLUs of the model are swapped in this project.</param>
internal sealed class StructureWriter(CodeText text, ExpressionWriter expressions, bool swaps)
{
    /// <summary>Writes a module between two pieces of text, its children on lines of their own.</summary>
    public void Write(string before, ModuleStructure? module, string after)
    {
        switch (module)
        {
            case ModuleStructure.Container container:
                Children($"{before}Structure.{container.Kind}(", container.Children, ")" + after);
                break;
            case ModuleStructure.Model model:
                Model($"{before}Structure.Model({Literals.Of(model.TypeName)}", model, after);
                break;
            default:
                text.Line(before + Line(module) + after);
                break;
        }
    }

    private string Line(ModuleStructure? module) => module switch
    {
        null => "null",
        ModuleStructure.Layer layer => $"Structure.{layer.Factory}({string.Join(", ", layer.Arguments.Select(argument => $"{Identifiers.Escaped(argument.Name)}: {expressions.Write(argument.Value)}"))})",
        ModuleStructure.Activation activation when swaps => $"Structure.Activation({Literals.Of(activation.Swap.Spec)}, inplace: {Literals.Of(activation.IsInPlace)})",
        ModuleStructure.Activation activation => $"Structure.ReLU(inplace: {Literals.Of(activation.IsInPlace)})",
        _ => throw new ArgumentOutOfRangeException(nameof(module), module, "No text is known for this module."),
    };

    private void Children(string head, EquatableArray<NamedModule> modules, string end)
    {
        if (modules.Count == 0)
        {
            text.Line(head + end);
            return;
        }
        text.Line(head);
        using (text.Indent())
        {
            for (int i = 0; i < modules.Count; i++)
                Write($"({Literals.Of(modules[i].Name)}, ", modules[i].Module, i < modules.Count - 1 ? ")," : ")" + end);
        }
    }

    private void Model(string head, ModuleStructure.Model model, string after)
    {
        if (model.Values.Count == 0)
        {
            Children(head + (model.Modules.Count > 0 ? "," : ""), model.Modules, ")" + after);
            return;
        }
        text.Line(head + ",");
        using (text.Indent())
        {
            Children("new (string, ModuleNode?)[] {", model.Modules, " },");
            text.Line($"new (string, object)[] {{ {string.Join(", ", model.Values.Select(value => $"({Literals.Of(value.Name)}, {expressions.Write(value.Value)})"))} }}){after}");
        }
    }
}
