using System.ComponentModel;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Helu.Runtime;

/// <summary>What a call that the generator intercepted does instead of ReLU. Called by generated code only.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Swap
{
    /// <summary>In place of <c>functional.relu(x, inplace)</c>.</summary>
    public static Tensor relu(Tensor x, bool inplace, ActivationSpec annotated)
    {
        ActivationSpec spec = Activation.Resolve(annotated);
        return inplace ? spec.ApplyInPlace(x).alias() : spec.Apply(x);
    }

    /// <summary>In place of <c>x.relu()</c>.</summary>
    public static Tensor relu(Tensor x, ActivationSpec annotated) => Activation.Resolve(annotated).Apply(x);

    /// <summary>In place of <c>x.relu_()</c>: the same object is returned.</summary>
    public static Tensor relu_(Tensor x, ActivationSpec annotated) => Activation.Resolve(annotated).ApplyInPlace(x);

    /// <summary>In place of <c>module.forward(x)</c>; a module that is not a ReLU runs as it is.</summary>
    public static Tensor forward(IModule<Tensor, Tensor> module, Tensor x, ActivationSpec annotated) => module switch
    {
        ReLU relu => Swap.relu(x, relu.inplace, annotated),
        Module<Tensor, Tensor> other => other.forward(x),
        _ => module.call(x),
    };

    /// <summary>In place of <c>module.call(x)</c>: hooks run as before; a module that is not a ReLU runs as it is.</summary>
    public static Tensor call(IModule<Tensor, Tensor> module, Tensor x, ActivationSpec annotated)
    {
        if (module is not ReLU relu)
            return module.call(x);
        if (!Hooks.Any(relu))
            return Swap.relu(x, relu.inplace, annotated);
        using Module<Tensor, Tensor> hooked = Replacement(relu, Activation.Resolve(annotated));
        return hooked.call(x);
    }

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

    /// <summary><see cref="Children{T}(IEnumerable{T}, ActivationSpec)"/> for named children; names and order stay.</summary>
    public static Tuple<string, T>[] Children<T>(IEnumerable<Tuple<string, T>> modules, ActivationSpec annotated)
        where T : class =>
        [.. Children(modules.Select(pair => (pair.Item1, pair.Item2)), annotated).Select(pair => Tuple.Create(pair.Item1, pair.Item2))];

    private static Module<Tensor, Tensor> Replacement(ReLU relu, ActivationSpec spec)
    {
        Module<Tensor, Tensor> replacement = spec.CreateModule(relu.inplace);
        if (!relu.training)
            replacement.eval();
        Hooks.Share(relu, replacement);
        return replacement;
    }
}
