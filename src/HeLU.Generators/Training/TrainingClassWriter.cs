using Helu.Generators.Inference;
using Helu.ModelReading;
using Helu.ModelReading.Forward;

namespace Helu.Generators.Training;

/// <summary>Writes the public training class of a model, and the method that makes one of a model.</summary>
/// <param name="text">Where to write.</param>
/// <param name="model">The model; it and the types around it are partial.</param>
internal sealed class TrainingClassWriter(CodeText text, ModelForward model)
{
    private readonly ModelDeclaration _declaration = model.Declaration;

    public void Write()
    {
        using var scopes = new ModelScopes(text, _declaration);
        Model();
        text.Line();
        Training();
    }

    private string Name => _declaration.Name + GeneratedClassPlace.Training.Suffix;

    private string TypeParameters => ModelScopes.TypeParameters(_declaration.TypeParameters);

    /// <summary>One base class for each number of inputs.</summary>
    private string Base => "global::Helu.Training.TrainingModule" + (model.Inputs.Count == 1 ? "" : model.Inputs.Count.ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>The model as a module of TorchSharp: its own type parameters may have constraints, which the training class would have to repeat.</summary>
    private string AnyModel => $"global::TorchSharp.torch.nn.Module<{string.Join(", ", Enumerable.Repeat("global::TorchSharp.torch.Tensor", model.Inputs.Count + 1))}>";

    private void Model()
    {
        using (text.Block($"partial class {Identifiers.Escaped(_declaration.Name)}{TypeParameters}"))
        {
            text.Line(
                $$"""
                /// <summary>
                /// A module that trains this model with less memory held between forward and backward: its parameters, buffers, submodules and state dict are this model's. Modules and plain fields that forward
                /// reads are taken as they are now; a later change of a tensor, of <c>train()</c> and <c>eval()</c>, or of hooks is seen.
                /// </summary>
                /// <returns>The module, to be disposed by its owner; that leaves the model as it is.</returns>
                /// <exception cref="global::System.NotSupportedException">A module in it is not known to fused training; the message names it.</exception>
                {{GeneratedFile.Attribute}}
                public {{Name}}{{TypeParameters}} {{GeneratedClassPlace.Training.Method}}() => new(this);
                """);
        }
    }

    private void Training()
    {
        text.Line(
            $$"""
            /// <summary>{{_declaration.Name}} for training: its forward with activations in place where nothing needs their input, and every intermediate released after its last use. Gradients are the model's.</summary>
            {{GeneratedFile.Attribute}}
            """);
        using (text.Block($"{_declaration.Accessibility} sealed class {Name}{TypeParameters} : {Base}"))
        {
            text.Line(
                $$"""
                internal {{Name}}({{AnyModel}} model)
                    : base(model, {{Literals.Of(Name)}})
                {
                }
                """);
        }
    }
}
