using System.Globalization;
using Helu.ModelReading;
using Helu.ModelReading.Forward;
using Helu.ModelReading.Structure;

namespace Helu.Generators.Inference;

/// <summary>Writes a model's forward over recorded values, and what registers it.</summary>
internal sealed class ForwardWriter
{
    private const string Register = "RegisterModelClass";

    /// <summary>The names that the texts here use; a user's own types can't get in their way.</summary>
    private const string Aliases = """
        using ActivationSpec = global::Helu.ActivationSpec;
        using Kind = global::Helu.Kind;
        using ModelClass = global::Helu.Inference.Tracing.ModelClass;
        using ModelClasses = global::Helu.Inference.Tracing.ModelClasses;
        using ModuleNode = global::Helu.Inference.Tracing.ModuleNode;
        using Ops = global::Helu.Inference.Tracing.Ops;
        using Structure = global::Helu.Inference.Tracing.Structure;
        using Value = global::Helu.Inference.Tracing.Value;
        """;

    private static readonly string[] s_reserved = ["self", "ActivationSpec", "Kind", "ModelClass", "ModelClasses", "ModuleNode", "Ops", "Structure", "Value", Register];

    private readonly CodeText _text;
    private readonly ModelForward _model;
    private readonly StructureReading? _structure;
    private readonly string _prefix;
    private readonly Identifiers _names;
    private readonly StructureWriter _structures;
    private readonly StatementWriter _statements;

    private ForwardWriter(CodeText text, ModelForward model, StructureReading? structure, string prefix, bool swaps)
    {
        (_text, _model, _structure, _prefix) = (text, model, structure, prefix);
        _names = new(s_reserved, [_model.Forward.Name, .. _model.Helpers.Select(helper => helper.Name)]);
        var expressions = new ExpressionWriter(_names, swaps);
        _statements = new(text, expressions, _names);
        _structures = new(text, expressions, swaps);
    }

    /// <summary>Of a forward at inference.</summary>
    /// <param name="text">Where to write.</param>
    /// <param name="inference">The model.</param>
    /// <param name="swaps">Whether the ReLUs of the model are swapped in this project.</param>
    public static ForwardWriter OfInference(CodeText text, InferenceClass inference, bool swaps) => new(text, inference.Model, inference.Structure, "Forward_", swaps);

    /// <summary>Of a forward in training.</summary>
    /// <param name="text">Where to write.</param>
    /// <param name="model">The model.</param>
    /// <param name="swaps">Whether the ReLUs of the model are swapped in this project.</param>
    public static ForwardWriter OfTraining(CodeText text, ModelForward model, bool swaps) => new(text, model, structure: null, "Training_", swaps);

    public void Write()
    {
        using (_text.Block("namespace " + InterceptorSupport.Namespace))
        {
            _text.Line(Aliases).Line();
            _text.Line(GeneratedFile.Attribute);
            using (_text.Block("file static class " + Identifiers.From(_prefix, _model.TypeName)))
            {
                Registration();
                Method(_model.Forward);
                foreach (HelperMethod helper in _model.Helpers)
                    Method(helper);
            }
        }
    }

    private void Registration()
    {
        _text.Line("[global::System.Runtime.CompilerServices.ModuleInitializer]");
        using (_text.Block($"internal static void {Register}() => ModelClasses.{(_structure is null ? "AddTraining" : "Add")}(new ModelClass", ");"))
        {
            _text.Line($"TypeName = {Literals.Of(_model.TypeName)},");
            _text.Line($"Inputs = {Strings(_model.Inputs.Select(input => input.Name))},");
            _text.Line($"IndexInputs = new bool[] {{ {string.Join(", ", _model.Inputs.Select(input => Literals.Of(input.IsIndex)))} }},");
            _text.Line($"Modules = {Strings(_model.Modules)},");
            _text.Line($"Values = {Strings(_model.Values)},");
            _text.Line($"Parameters = {Strings(_model.Parameters)},");
            _text.Line($"Forward = static (self, inputs) => {_names.Method(_model.Forward.Name)}(self, {Inputs()}),");
            if (_structure is { Model: { } modules })
                _structures.Write("Structure = static () => ", modules, ",");
            else if (_structure is not null)
                _text.Line($"NoStructure = {Literals.Of(_structure.Fault)},");
        }
    }

    private void Method(HelperMethod method)
    {
        string parameters = string.Concat(method.Parameters.Select(parameter => $", {TypeNames.OfParameter(parameter.Type)} {_names.Variable(parameter.Name)}"));
        using (_text.Line().Block($"private static {TypeNames.Of(method.Returns)} {_names.Method(method.Name)}(ModuleNode self{parameters})"))
            _statements.WriteAll(method.Body);
    }

    private string Inputs() => string.Join(", ", Enumerable.Range(0, _model.Inputs.Count).Select(index => $"inputs[{index.ToString(CultureInfo.InvariantCulture)}]"));

    private static string Strings(IEnumerable<string> values) => values.Any()
        ? $"new string[] {{ {string.Join(", ", values.Select(value => Literals.Of(value)))} }}"
        : "new string[0]";
}
