using Helu.ModelReading;
using Helu.ModelReading.Forward;

namespace Helu.Generators.Inference;

/// <summary>Writes the public inference class of a model, and the method that makes one of a trained model.</summary>
/// <param name="text">Where to write.</param>
/// <param name="model">The model; it and the types around it are partial.</param>
/// <param name="features">What the project has and asks for.</param>
internal sealed class InferenceClassWriter(CodeText text, ModelForward model, ProjectFeatures features)
{
    private const string Options = "global::Helu.Inference.InferenceOptions";
    private const string Backend = "global::Helu.Inference.InferenceBackend";
    private const string Frozen = "global::Helu.Inference.FrozenModel";

    private readonly ModelDeclaration _declaration = model.Declaration;

    public void Write()
    {
        using var scopes = new ModelScopes(text, _declaration);
        if (features.Freezes)
        {
            Model();
            text.Line();
        }
        Inference();
    }

    private string Name => _declaration.Name + GeneratedClassPlace.Inference.Suffix;

    private string TypeName => Name + ModelScopes.TypeParameters(_declaration.TypeParameters);

    private void Model()
    {
        using (text.Block($"partial class {Identifiers.Escaped(_declaration.Name)}{ModelScopes.TypeParameters(_declaration.TypeParameters)}"))
        {
            text.Line(
                $$"""
                /// <summary>Freezes the model as it is now: a copy for inference, which later training does not change.</summary>
                /// <param name="options">How it runs; null for one thread on the managed kernels.</param>
                /// <returns>The frozen model, to be disposed by its owner.</returns>
                /// <exception cref="global::System.NotSupportedException">A module in it is not known to inference; the message names it.</exception>
                /// <exception cref="global::System.InvalidOperationException">The shape of an input can't be told from the weights; give it in the options.</exception>
                {{GeneratedFile.Attribute}}
                public {{TypeName}} {{GeneratedClassPlace.Inference.Method}}({{Options}}? options = null) => new(global::Helu.Runtime.Freezer.Freeze(this, options));

                /// <summary>Freezes the model as it is now, to run on <paramref name="backend"/>.</summary>
                /// <param name="backend">What computes.</param>
                /// <returns>The frozen model, to be disposed by its owner.</returns>
                /// <exception cref="global::System.NotSupportedException">A module in it is not known to inference; the message names it.</exception>
                /// <exception cref="global::System.InvalidOperationException">The shape of an input can't be told from the weights; give it in the options.</exception>
                {{GeneratedFile.Attribute}}
                public {{TypeName}} {{GeneratedClassPlace.Inference.Method}}({{Backend}} backend) => {{GeneratedClassPlace.Inference.Method}}(new {{Options}} { Backend = backend });
                """);
        }
    }

    private void Inference()
    {
        string output = Output();
        text.Line(
            $$"""
            /// <summary>{{_declaration.Name}} for inference: its forward with fixed weights, BatchNorm folded into the layers before it, without Dropout and gradients. One thread at a time; see <see cref="Clone"/>.</summary>
            {{GeneratedFile.Attribute}}
            """);
        using (text.Block($"{_declaration.Accessibility} sealed class {TypeName} : global::Helu.Inference.InferenceModel"))
        {
            text.Line(
                $$"""
                internal {{Name}}({{Frozen}} frozen)
                    : base(frozen)
                {
                }

                /// <summary>Loads a model that <see cref="global::Helu.Inference.InferenceModel.Save"/> wrote.</summary>
                /// <param name="path">The safetensors file.</param>
                /// <param name="options">How it runs; null for one thread on the managed kernels.</param>
                /// <returns>The model, to be disposed by its owner.</returns>
                /// <exception cref="global::System.IO.IOException">The file can't be read.</exception>
                /// <exception cref="global::System.IO.InvalidDataException">The file does not hold this model; the message says what differs.</exception>
                /// <exception cref="global::System.NotSupportedException">It is a plain state dict, and the layers' sizes are not constants in the model's constructor.</exception>
                public static {{TypeName}} Load(string path, {{Options}}? options = null) => new({{Frozen}}.Load(path, {{Literals.Of(model.TypeName)}}, options));

                /// <summary>Runs the model on a batch. Nothing is allocated once a batch size was seen.</summary>
                {{Documentation()}}
                /// <param name="{{output}}">Receives [N, ...]: the result of each, one after another, row-major.</param>
                /// <exception cref="global::System.ArgumentException">A span's length does not fit the model: the message says which lengths do.</exception>
                /// <exception cref="global::System.InvalidOperationException">Another thread runs this instance.</exception>
                /// <exception cref="global::System.ObjectDisposedException">The model is disposed.</exception>
                public void Run({{Parameters()}}, global::System.Span<float> {{output}}) => Execute({{output}}, {{Arguments()}});

                /// <summary>Another instance over the same weights, with memory of its own, so that a second thread can run it.</summary>
                /// <returns>The instance, to be disposed by its owner.</returns>
                public {{TypeName}} Clone() => new(Share());
                """);
        }
    }

    /// <summary>"output", unless an input has that name.</summary>
    private string Output()
    {
        string name = "output";
        while (model.Inputs.Any(input => input.Name == name))
            name += "_";
        return name;
    }

    private string Documentation() => string.Join("\n", model.Inputs.Select(input => input.IsIndex
        ? $"/// <param name=\"{input.Name}\">[N, ...] ids, one input after another, row-major.</param>"
        : $"/// <param name=\"{input.Name}\">[N, ...]: N inputs one after another, row-major.</param>"));

    private string Parameters() => string.Join(", ", model.Inputs.Select(input =>
        $"global::System.ReadOnlySpan<{(input.IsIndex ? "long" : "float")}> {Identifiers.Escaped(input.Name)}"));

    private string Arguments() => string.Join(", ", model.Inputs.Select(input => Identifiers.Escaped(input.Name)));
}
