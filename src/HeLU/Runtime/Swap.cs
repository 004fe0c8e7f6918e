using System.ComponentModel;
using Helu.Modules;
using Helu.Watching;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Helu.Runtime;

/// <summary>What a call that the generator intercepted does instead of ReLU. Called by generated code only.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Swap
{
    /// <summary>In place of <c>functional.relu(x, inplace)</c>.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="inplace">Whether it is to be overwritten, and an alias of it returned.</param>
    /// <param name="annotated">What the nearest attribute asks for.</param>
    /// <param name="layer">The call's name to who watches activations.</param>
    /// <param name="argument">What is known of <paramref name="x"/>.</param>
    public static Tensor relu(Tensor x, bool inplace, ActivationSpec annotated, string layer, Argument argument = Argument.Kept) =>
        Activate(x, inplace, WithoutModule(annotated), layer, argument);

    /// <summary>In place of <c>x.relu()</c>.</summary>
    public static Tensor relu(Tensor x, ActivationSpec annotated, string layer, Argument argument = Argument.Kept) =>
        relu(x, inplace: false, annotated, layer, argument);

    /// <summary>In place of <c>x.relu_()</c>: the same object is returned, unless the call alone holds it.</summary>
    public static Tensor relu_(Tensor x, ActivationSpec annotated, string layer, Argument argument = Argument.Kept)
    {
        ActivationSpec spec = WithoutModule(annotated);
        ActivationWatch.Current?.Input(layer, spec, x);
        Tensor y = IsConsumed(x, argument) ? spec.Consume(x) : spec.ApplyInPlace(x);
        ActivationWatch.Current?.Output(layer, y);
        return y;
    }

    /// <summary>In place of <c>module.forward(x)</c>; a module that is not a ReLU runs as it is.</summary>
    public static Tensor forward(IModule<Tensor, Tensor> module, Tensor x, ActivationSpec annotated, string layer, Argument argument = Argument.Kept) => module switch
    {
        ReLU relu => Run(relu, x, Activation.Resolve(annotated), layer, argument),
        Module<Tensor, Tensor> other => other.forward(x),
        _ => module.call(x),
    };

    /// <summary>In place of <c>module.call(x)</c>: hooks run as before, and are who watches the module; a module that is not a ReLU runs as it is.</summary>
    public static Tensor call(IModule<Tensor, Tensor> module, Tensor x, ActivationSpec annotated, string layer, Argument argument = Argument.Kept)
    {
        if (module is not ReLU relu)
            return module.call(x);
        ActivationSpec spec = Activation.Resolve(annotated);
        if (!Hooks.Any(relu))
            return Run(relu, x, spec, layer, argument);
        using Module<Tensor, Tensor> hooked = spec.Kind == Kind.PReLU ? Hooked(relu, new LearnedReLU(relu)) : Replacement(relu, spec);
        return hooked.call(x);
    }

    /// <summary>
    /// In place of <c>torch.nn.ReLU(inplace)</c> in code annotated with PReLU: the ReLU has a parameter, which a call of it that is swapped uses, and which
    /// is a parameter of the model that it becomes a part of.
    /// </summary>
    public static ReLU ReLU(bool inplace, ActivationSpec annotated)
    {
        ReLU relu = nn.ReLU(inplace);
        return Activation.Resolve(annotated) is { Kind: Kind.PReLU, P0: var init } ? LearnableSlope.Register(relu, init) : relu;
    }

    /// <summary>In place of <c>Sequential(modules)</c>: ReLUs replaced, and activations in place where nobody sees it.</summary>
    public static Sequential Sequential(IEnumerable<Module<Tensor, Tensor>> modules, ActivationSpec annotated) =>
        new FusedSequential(Children(modules, annotated));

    /// <summary>In place of <c>Sequential(modules)</c> of named modules.</summary>
    public static Sequential Sequential(IEnumerable<(string, Module<Tensor, Tensor>)> modules, ActivationSpec annotated) =>
        new FusedSequential(Children(modules, annotated));

    /// <summary>In place of <c>Sequential(modules)</c> of named modules.</summary>
    public static Sequential Sequential(IEnumerable<Tuple<string, Module<Tensor, Tensor>>> modules, ActivationSpec annotated) =>
        new FusedSequential(Children(modules.Select(pair => (pair.Item1, pair.Item2)), annotated));

    /// <summary>A module that is about to become a child of a container: a module of the kind in place of a ReLU, any other as it is.</summary>
    /// <typeparam name="T">The container's type of children. Where it admits nothing but ReLU, the ReLU stays and its calls are swapped.</typeparam>
    public static T Child<T>(T module, ActivationSpec annotated)
    {
        if (module is not ReLU relu)
            return module;
        ActivationSpec spec = Activation.Resolve(annotated);
        if (spec.Kind == Kind.ReLU || !typeof(T).IsAssignableFrom(typeof(ParameterLessModule<Tensor, Tensor>)))
            return module;
        return (T)(object)Replacement(relu, spec);
    }

    /// <summary>The children that a container is built from, ReLUs replaced; one ReLU given several times becomes one module.</summary>
    public static T[] Children<T>(IEnumerable<T> modules, ActivationSpec annotated)
        where T : class
    {
        var replaced = new Dictionary<T, T>(ReferenceEqualityComparer.Instance);
        return [.. modules.Select(Once)];

        T Once(T module)
        {
            if (module is not TorchSharp.Modules.ReLU)
                return module;
            if (!replaced.TryGetValue(module, out T? replacement))
                replaced[module] = replacement = Child(module, annotated);
            return replacement;
        }
    }

    /// <summary><see cref="Children{T}(IEnumerable{T}, ActivationSpec)"/> for named children; names and order stay.</summary>
    public static (string, T)[] Children<T>(IEnumerable<(string, T)> modules, ActivationSpec annotated)
        where T : class
    {
        (string Name, T Module)[] given = [.. modules];
        T[] children = Children(given.Select(pair => pair.Module), annotated);
        return [.. given.Select((pair, index) => (pair.Name, children[index]))];
    }

    private static bool IsConsumed(Tensor x, Argument argument) =>
        argument == Argument.Fresh || (argument == Argument.Noted && FreshTensor.Take(x));

    /// <summary>What to compute where there is no module that could hold a parameter.</summary>
    private static ActivationSpec WithoutModule(ActivationSpec annotated) =>
        Activation.Resolve(annotated) is { Kind: not Kind.PReLU } spec ? spec : throw LearnableSlope.NoPlace();

    private static Tensor Run(ReLU relu, Tensor x, ActivationSpec spec, string layer, Argument argument)
    {
        if (spec.Kind != Kind.PReLU)
            return Activate(x, relu.inplace, spec, layer, argument);
        ActivationWatch.Current?.Input(layer, spec, x);
        Tensor y = LearnableSlope.Apply(relu, x);
        ActivationWatch.Current?.Output(layer, y);
        return y;
    }

    private static Tensor Activate(Tensor x, bool inplace, ActivationSpec spec, string layer, Argument argument)
    {
        ActivationWatch.Current?.Input(layer, spec, x);
        Tensor y = IsConsumed(x, argument) ? spec.Consume(x) : spec.Apply(x, inplace);
        ActivationWatch.Current?.Output(layer, y);
        return y;
    }

    private static Module<Tensor, Tensor> Replacement(ReLU relu, ActivationSpec spec) => Hooked(relu, spec.CreateModule(relu.inplace));

    private static Module<Tensor, Tensor> Hooked(ReLU relu, Module<Tensor, Tensor> replacement)
    {
        if (!relu.training)
            replacement.eval();
        Hooks.Share(relu, replacement);
        return replacement;
    }

    /// <summary>Runs a ReLU that has a slope as PReLU, so that hooks see a module run.</summary>
    private sealed class LearnedReLU(ReLU relu) : Module<Tensor, Tensor>(nameof(Kind.PReLU))
    {
        public override Tensor forward(Tensor input) => LearnableSlope.Apply(relu, input);
    }
}
