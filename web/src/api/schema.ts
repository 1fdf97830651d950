// Generated from openapi.json by `npm run generate`; do not edit.

export interface paths {
    "/v1/courses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All courses with what they hold */
        get: operations["listCourses"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/courses/{course_id}/skills": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The skills of a course and what each needs */
        get: operations["listSkills"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/courses/{course_id}/items": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The items of a course, page by page */
        get: operations["listItems"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/courses/{course_id}/students": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The students of a course */
        get: operations["listStudents"];
        put?: never;
        /** Enrol a student in a course */
        post: operations["enrolStudent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/courses/{course_id}/class": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Mastery of every student and skill, and whom to see first */
        get: operations["classOverview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/courses/{course_id}/model": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The model that serves a course, how well it foresees, and what challenges it */
        get: operations["courseModel"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/courses/{course_id}/model/rollback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Go back to the model that served before; the course then keeps it */
        post: operations["rollbackModel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/courses/{course_id}/model/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let the course adapt again after a rollback */
        post: operations["resumeAdapting"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/students/{student_id}/mastery": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every skill of a course with the student's estimate, band and evidence */
        get: operations["studentMastery"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/students/{student_id}/recommendations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The next items for one student, best first, each with its reason */
        get: operations["recommendNext"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/students/{student_id}/reviews": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The skills to go over again, each with its recall and the day it is put on */
        get: operations["reviewQueue"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/answers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Record one answer; the reply says what it changed and what could come next */
        post: operations["recordAnswer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/courses/{course_id}/answers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Record up to 10,000 answers, one a line, in one commit; each is recorded or refused by itself */
        post: operations["recordAnswers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/feedback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say of a recommendation: accept, swap, dismiss, too_hard or too_easy; the reply is what comes next instead */
        post: operations["recordFeedback"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/students/{student_id}/preferences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How hard a student wants the items of a course to be */
        get: operations["studentPreferences"];
        /** Set how hard the items of a course should be for a student */
        put: operations["setPreferences"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/courses/{course_id}/rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What may be recommended in a course, in which order and by when */
        get: operations["teachingRules"];
        /** Set the rules of a course, or of one student in it; they replace those before */
        put: operations["setTeachingRules"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/students/{student_id}/explanations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Why an item: the reason, what its prediction is made of (pieces that sum to the change of the logit), and what a right or wrong answer would change */
        get: operations["explainItem"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/students/{student_id}/what-if": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Mastery and the next item as they would be after answers that never happened */
        get: operations["whatIf"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/students/{student_id}/plan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What to practise to reach a goal within the minutes there are, with the mastery expected on the way; ask again after answers, and it plans anew */
        get: operations["planForStudent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** One step of an adaptive test: the answers so far in, the next question and the report so far out; question null means that the test is over. Record each answer with POST /v1/answers, which grades it */
        post: operations["testStep"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the server asks who comes, and who is signed in */
        get: operations["whoAmI"];
        put?: never;
        /** Sign in; the reply sets a cookie. 429 when too many attempts were refused */
        post: operations["signIn"];
        /** Sign out */
        delete: operations["signOut"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Add an account; the first one closes an open server */
        post: operations["addAccount"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{account_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Let nobody in under an account, and end its sessions */
        delete: operations["disableAccount"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Add a service key; the reply shows it this once */
        post: operations["addKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/keys/{key_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revoke a service key at once */
        delete: operations["revokeKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the server works, and what it serves */
        get: operations["health"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The student models this program has */
        get: operations["listModels"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This description */
        get: operations["describeApi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The process answers; where it does not, restart it */
        get: operations["isAlive"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The run is loaded and the store can be read; 503 where not, or about to stop */
        get: operations["isReady"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Figures in Prometheus' text format, of the whole server */
        get: operations["getMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Error: {
            error: {
                /** @enum {string} */
                kind: "invalid_input" | "unauthenticated" | "forbidden" | "not_found" | "conflict" | "unavailable" | "internal";
                message: string;
            };
        };
        Text: {
            en: string;
            "zh-CN": string;
        };
        Band: {
            p_mastery: number;
            low: number;
            high: number;
        };
        Health: {
            /** @enum {string} */
            status: "ok";
            version: string;
            run: {
                model: string;
                learner: string;
                data_hash: string;
                version: string;
                simulated: boolean;
            };
            /** @enum {string} */
            adapt: "auto" | "off";
            /** @description courses in use whose model is another than the run that the server was given */
            own_models: number;
            students: number;
            answers: number;
        };
        ServerState: {
            /** @enum {string} */
            status: "alive" | "ready";
            version: string;
            /** @description version of the run that the server was given */
            run: string;
        };
        /** @description Prometheus' text format, version 0.0.4 */
        Metrics: string;
        ModelList: {
            models: {
                name: string;
                summary: string;
                source: string;
            }[];
        };
        OpenApi: {
            openapi: string;
        };
        CourseList: {
            courses: components["schemas"]["Course"][];
        };
        Course: {
            id: string;
            name: components["schemas"]["Text"];
            skills: number;
            items: number;
            students: number;
            simulated: boolean;
            has_content: boolean;
        };
        SkillList: {
            skills: components["schemas"]["Skill"][];
        };
        Skill: {
            id: string;
            name: components["schemas"]["Text"];
            strand: components["schemas"]["Text"] | null;
            prerequisites: string[];
        };
        ItemList: {
            items: {
                id: string;
                skills: string[];
                title: components["schemas"]["Text"];
            }[];
            total: number;
        };
        StudentList: {
            students: components["schemas"]["Student"][];
        };
        Student: {
            id: string;
            display_name: string;
            simulated: boolean;
            answers: number;
        };
        BatchReply: {
            recorded: number;
            /** @description answers that were there already */
            repeated: number;
            refused: {
                line: number;
                kind: string;
                message: string;
            }[];
        };
        StudentRequest: {
            id?: string;
            display_name: string;
            /** @description which of the caller's classes to join; may be left out where there is only one */
            class_id?: string;
        };
        SignInRequest: {
            account_id: string;
            password: string;
        };
        AccountRequest: {
            /** @description the name to sign in with */
            id: string;
            /** @enum {string} */
            role: "student" | "teacher" | "school_admin" | "platform_admin";
            display_name?: string;
            school_id?: string;
            /** @description whose record a student's account opens; its id when left out */
            student_id?: string;
            /** @description enrol the student here first */
            course_id?: string;
            /** @description a class of the school to join */
            class_id?: string;
            /** @description made when left out */
            password?: string;
        };
        NewAccount: {
            id: string;
            /** @description the one that was made */
            password: string | null;
        };
        KeyRequest: {
            id: string;
            /** @description separated by commas */
            scopes: string;
            /** @description only for this school's classes */
            school_id?: string;
            /** @description until it expires; 0 is never */
            days?: number;
        };
        NewKey: {
            id: string;
            key: string;
            scopes: string;
        };
        Named: {
            id: string;
        };
        Session: {
            /**
             * @description open: nobody is asked who they are
             * @enum {string}
             */
            mode: "open" | "accounts";
            account_id: string | null;
            role: null | ("student" | "teacher" | "school_admin" | "platform_admin");
            display_name: string | null;
            /** @description whom a student's account acts for */
            student_id: string | null;
            expires_at: string | null;
        };
        StudentMastery: {
            student_id: string;
            course_id: string;
            model_version: string;
            skills: {
                skill_id: string;
                p_mastery: number;
                low: number;
                high: number;
                /** @description 80 % band of p_mastery under the model's posterior; null for a run without one */
                p_low: number | null;
                p_high: number | null;
                answers: number;
                last_answered_at: string | null;
                /** @enum {string} */
                state: "mastered" | "learning" | "weak" | "not_enough_evidence";
                /** @enum {string} */
                trend: "unknown" | "rising" | "steady" | "falling";
                /** @description share of what was learnt that is expected to be left since the last practice; null without an answer */
                recall: number | null;
                /** @description where its own answers are few: what the skills beside it in the graph say */
                inferred: null | {
                    p_mastery: number;
                    low: number;
                    high: number;
                    from: string[];
                };
            }[];
        };
        ReviewQueue: {
            student_id: string;
            course_id: string;
            /** @description a skill is due when its recall has fallen to this share of what it was after its last practice */
            retention: number;
            reviews: {
                skill_id: string;
                /** @description now */
                p_recall: number;
                due_at: string;
                /** @description the day it is put on, UTC */
                day: string;
            }[];
            /** @description reviews a day, today first */
            load: number[];
            later: number;
            /** @description that adapted the curve to the student */
            tests_of_memory: number;
        };
        RecommendationList: {
            student_id: string;
            course_id: string;
            model_version: string;
            /** @description the success rate aimed at */
            target: number;
            recommendations: components["schemas"]["Recommendation"][];
        };
        Recommendation: {
            item: components["schemas"]["Item"];
            p_correct: number;
            /** @description 80 % band of p_correct under the model's posterior; null for a run without one */
            p_low: number | null;
            p_high: number | null;
            reason: components["schemas"]["Reason"];
        };
        Item: {
            id: string;
            variant: number;
            title: components["schemas"]["Text"];
            skills: string[];
            content: components["schemas"]["ItemContent"] | null;
        };
        ItemContent: {
            prompt: components["schemas"]["Text"];
            /** @enum {string} */
            answer_kind: "choice" | "number";
            choices: null | {
                id: string;
                text: components["schemas"]["Text"];
            }[];
            hints: components["schemas"]["Text"][];
            math: boolean;
        };
        Reason: {
            /** @enum {string} */
            code: "prerequisite_gap" | "practice_zone" | "review_forgetting" | "explore_not_enough_evidence" | "stretch" | "due_soon" | "teacher_order" | "explore_uncertain";
            skill_id: string;
            text: components["schemas"]["Text"];
            p_mastery: number;
            low: number;
            high: number;
            /** @description the date set by a teacher, of a due_soon */
            due_at: string | null;
            answers_on_skill: number;
            evidence: {
                event_id: string;
                item_id: string;
                correct: boolean;
                answered_at: string | null;
            }[];
            counterfactual: components["schemas"]["Text"];
            model: {
                name: string;
                data_hash: string;
                version: string;
            };
        };
        AnswerRequest: {
            /** @description chosen by the caller; the same id again is the same answer */
            event_id: string;
            course_id: string;
            student_id: string;
            item_id: string;
            variant?: number;
            /** @description a choice's id or typed text, graded by the server */
            response?: string;
            /** @description for items without text */
            correct?: boolean;
            /** Format: date-time */
            answered_at?: string;
            response_ms?: number;
            hints_used?: number;
        } & (unknown | unknown);
        AnswerReply: {
            event_id: string;
            /** @description of everything in this reply */
            model_version: string;
            recorded: boolean;
            correct: boolean;
            feedback: null | components["schemas"]["Feedback"];
            mastery: {
                skill_id: string;
                before: components["schemas"]["Band"];
                after: components["schemas"]["Band"];
            }[];
            next: null | components["schemas"]["Recommendation"];
        };
        Feedback: {
            right_answer: components["schemas"]["Text"];
            explanation: components["schemas"]["Text"];
            misconception: null | {
                id: string;
                name: components["schemas"]["Text"];
                advice: components["schemas"]["Text"];
            };
        };
        RecommendationFeedbackRequest: {
            /** @description chosen by the caller; the same id again is the same feedback */
            event_id: string;
            course_id: string;
            student_id: string;
            /** @description the item that was recommended */
            item_id: string;
            /** @enum {string} */
            kind: "accept" | "swap" | "dismiss" | "too_hard" | "too_easy";
            /** Format: date-time */
            given_at?: string;
        };
        RecommendationFeedbackReply: {
            event_id: string;
            model_version: string;
            recorded: boolean;
            /** @description the success rate aimed at from now on */
            target: number;
            next: null | components["schemas"]["Recommendation"];
        };
        PreferencesRequest: {
            /** @description the success rate to aim at; null for the teacher's, or the usual one */
            target: number | null;
        };
        Preferences: {
            student_id: string;
            course_id: string;
            /** @description as set; null where nothing is */
            target: number | null;
            /** @description what recommendations aim at now, moved by what was said of them */
            aimed_at: number;
        };
        TeachingRules: {
            /** @description if any: items on other skills are not recommended */
            allowed_skills?: string[];
            forbidden_skills?: string[];
            /** @description if any: no other item is recommended */
            allowed_items?: string[];
            forbidden_items?: string[];
            /** @description skills; the first that is not mastered comes before everything else */
            order?: string[];
            due?: {
                skill_id: string;
                /** Format: date-time */
                due_at: string;
            }[];
            /** @description answers until an item is as good as new; 15 unless set */
            repeat_gap?: number | null;
            /** @description the success rate to aim at for students who have set none; .78 unless set */
            target?: number | null;
            /** @description now and then what is uncertain instead of what looks best; off unless set */
            exploration?: boolean | null;
        };
        TeachingRulesReply: {
            course_id: string;
            /** @description null: of the whole course */
            student_id: string | null;
            rules: components["schemas"]["TeachingRules"];
        };
        ClassOverview: {
            course_id: string;
            model_version: string;
            skills: {
                id: string;
                name: components["schemas"]["Text"];
            }[];
            students: {
                id: string;
                display_name: string;
                simulated: boolean;
                answers: number;
                last_answered_at: string | null;
                mastery: (number | null)[];
                evidence: number[];
            }[];
            needs_help: {
                student_id: string;
                /** @enum {string} */
                kind: "struggling" | "idle" | "rapid_guessing" | "absent";
                skill_id: string | null;
                reason: components["schemas"]["Text"];
                evidence_count: number;
                suggestion: components["schemas"]["Text"];
            }[];
        };
        VersionRequest: {
            /** @description the one in service, as the caller saw it */
            version: string;
        };
        Foresight: {
            /** @description each foreseen before it was known */
            answers: number;
            /** @description nats per answer */
            log_loss: number | null;
            auc: number | null;
            ece: number | null;
            /** @description mean p_correct less the share of right answers */
            bias: number | null;
        };
        CourseModel: {
            course_id: string;
            version: string;
            /** @description of the run that the server was given */
            base_version: string;
            since: string | null;
            model: {
                name: string;
                learner: string;
                data_hash: string;
                simulated: boolean;
            };
            /** @enum {string} */
            adapting: "off" | "names_items" | "waiting" | "watching" | "paused";
            /** @description watched */
            students: number;
            /** @description of the students watched, as far as the watch has got */
            answers: number;
            foresight: components["schemas"]["Foresight"];
            challenger: null | {
                /** @description answers it knows */
                tuned_on: number;
                foresight: components["schemas"]["Foresight"];
                incumbent: components["schemas"]["Foresight"];
                students: number;
                /** @description nats per answer over the model in service, on the same answers */
                gain: number;
                p_value: number;
                /** @description p_value for a swap at the next growth point */
                needed: number;
            };
            changes: {
                /** @enum {string} */
                action: "swap" | "rollback" | "resume";
                version: string;
                at: string | null;
            }[];
        };
        Contribution: {
            piece: string;
            name: components["schemas"]["Text"];
            /** @description above 0 speaks for a right answer */
            logit: number;
        };
        WhatIf: {
            answers: number;
            correct: boolean;
            p_before: number;
            p_after: number;
            mastery: {
                skill_id: string;
                before: components["schemas"]["Band"];
                after: components["schemas"]["Band"];
                /** @enum {string} */
                state: "mastered" | "learning" | "weak" | "not_enough_evidence";
            }[];
            next: null | {
                item_id: string;
                title: components["schemas"]["Text"];
                /** @enum {string} */
                code: "prerequisite_gap" | "practice_zone" | "review_forgetting" | "explore_not_enough_evidence" | "stretch";
                text: components["schemas"]["Text"];
            };
        };
        WhatIfReply: {
            student_id: string;
            course_id: string;
            model_version: string;
            simulated: boolean;
            what_if: components["schemas"]["WhatIf"];
        };
        ItemExplanation: {
            student_id: string;
            course_id: string;
            model_version: string;
            simulated: boolean;
            item: {
                id: string;
                title: components["schemas"]["Text"];
                skills: string[];
            };
            /** @description the item that is recommended now, perhaps the same */
            recommended: string;
            reason: components["schemas"]["Reason"];
            prediction: {
                text: components["schemas"]["Text"];
                /** @description of a student of whom nothing is known, on a typical item of the course: the baseline */
                p_typical: number;
                /** @description its logit */
                typical: number;
                p_correct: number;
                /** @description of p_correct; typical plus the contributions */
                logit: number;
                /** @description by what the model is shown; empty for a model without named evidence */
                by_evidence: components["schemas"]["Contribution"][];
                /** @description by what each answer changed */
                by_answer: components["schemas"]["Contribution"][];
                /** @description the answers that changed it most */
                telling: {
                    event_id: string;
                    item_id: string;
                    correct: boolean;
                    answered_at: string | null;
                    logit: number;
                }[];
            };
            if_right: components["schemas"]["WhatIf"];
            if_wrong: components["schemas"]["WhatIf"];
        };
        Plan: {
            student_id: string;
            course_id: string;
            model_version: string;
            simulated: boolean;
            goal_id: string;
            goal_name: components["schemas"]["Text"];
            minutes: number;
            answers: number;
            mastery_at: number;
            p_start: number;
            p_end: number;
            p_end_low: number;
            p_end_high: number;
            /** @description within the minutes, expected */
            reached: boolean;
            minutes_planned: number;
            /** @description without a limit; null: not within 1,000 answers */
            minutes_needed: number | null;
            /** @description students whose answers say how fast is learnt; 0: general rates */
            fitted_on: number;
            steps: {
                skill_id: string;
                skill_name: components["schemas"]["Text"];
                item_id: string;
                item_title: components["schemas"]["Text"];
                p_correct: number;
                minutes: number;
                p_after: number;
            }[];
            without_items: string[];
        };
        TestRequest: {
            course_id: string;
            /** @description somebody new when absent */
            student_id?: string;
            /** @description ids or names; all items when empty or absent */
            skills?: string[];
            /** @description so far, in order */
            answers?: {
                item_id: string;
                correct: boolean;
            }[];
            /** @description a progress test: begin with so many latest answers of the student */
            known?: number;
            elapsed_s?: number;
            /** @description stop here */
            end?: boolean;
            shortest?: number;
            longest?: number;
            /** @description end at this standard deviation of the ability; 0: never */
            precision?: number;
        };
        TestStep: {
            course_id: string;
            student_id: string | null;
            simulated: boolean;
            calibration: {
                students: number;
                answers: number;
            };
            question: components["schemas"]["Item"] | null;
            report: {
                /** @description 0 is the average student, 1 a standard deviation; a 90 % band */
                ability: {
                    mean: number;
                    sd: number;
                    low: number;
                    high: number;
                };
                /** @enum {string} */
                stopped: "running" | "precision" | "classified" | "time" | "longest" | "nothing_left" | "ended";
                stopped_text: components["schemas"]["Text"];
                skills: {
                    skill_id: string;
                    name: components["schemas"]["Text"];
                    asked: number;
                    right: number;
                    /** @description foreseen, mean over the skill's items */
                    p_correct: number;
                }[];
                items: {
                    item_id: string;
                    correct: boolean;
                    p_before: number;
                    ability: number;
                    sd: number;
                }[];
            };
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listCourses: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All courses with what they hold */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CourseList"];
                };
            };
            /** @description invalid_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listSkills: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                course_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The skills of a course and what each needs */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SkillList"];
                };
            };
            /** @description invalid_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listItems: {
        parameters: {
            query?: {
                /** @description only items of this skill */
                skill?: string;
                /** @description at most this many */
                limit?: number;
                /** @description leave out this many */
                offset?: number;
            };
            header?: never;
            path: {
                course_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The items of a course, page by page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ItemList"];
                };
            };
            /** @description invalid_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listStudents: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                course_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The students of a course */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StudentList"];
                };
            };
            /** @description invalid_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    enrolStudent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                course_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StudentRequest"];
            };
        };
        responses: {
            /** @description Enrol a student in a course */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Student"];
                };
            };
            /** @description invalid_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    classOverview: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                course_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Mastery of every student and skill, and whom to see first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClassOverview"];
                };
            };
            /** @description invalid_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    courseModel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                course_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The model that serves a course, how well it foresees, and what challenges it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CourseModel"];
                };
            };
            /** @description invalid_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    rollbackModel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                course_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["VersionRequest"];
            };
        };
        responses: {
            /** @description Go back to the model that served before; the course then keeps it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CourseModel"];
                };
            };
            /** @description invalid_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    resumeAdapting: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                course_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["VersionRequest"];
            };
        };
        responses: {
            /** @description Let the course adapt again after a rollback */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CourseModel"];
                };
            };
            /** @description invalid_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    studentMastery: {
        parameters: {
            query: {
                /** @description the course */
                course_id: string;
            };
            header?: never;
            path: {
                student_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Every skill of a course with the student's estimate, band and evidence */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StudentMastery"];
                };
            };
            /** @description invalid_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    recommendNext: {
        parameters: {
            query: {
                /** @description the course */
                course_id: string;
                /** @description how many items */
                count?: number;
                /** @description what if this success rate were aimed at, in per cent (default: what is set) */
                target?: number;
            };
            header?: never;
            path: {
                student_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The next items for one student, best first, each with its reason */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecommendationList"];
                };
            };
            /** @description invalid_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    reviewQueue: {
        parameters: {
            query: {
                /** @description the course */
                course_id: string;
                /** @description how many days, today first */
                days?: number;
            };
            header?: never;
            path: {
                student_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The skills to go over again, each with its recall and the day it is put on */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReviewQueue"];
                };
            };
            /** @description invalid_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    recordAnswer: {
        parameters: {
            query?: {
                /** @description how much of the next recommendation to send: full (the default), brief (without its counterfactual, several times faster) or none */
                next?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AnswerRequest"];
            };
        };
        responses: {
            /** @description Record one answer; the reply says what it changed and what could come next */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnswerReply"];
                };
            };
            /** @description invalid_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    recordAnswers: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                course_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-ndjson": components["schemas"]["AnswerRequest"];
            };
        };
        responses: {
            /** @description Record up to 10,000 answers, one a line, in one commit; each is recorded or refused by itself */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BatchReply"];
                };
            };
            /** @description invalid_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    recordFeedback: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RecommendationFeedbackRequest"];
            };
        };
        responses: {
            /** @description Say of a recommendation: accept, swap, dismiss, too_hard or too_easy; the reply is what comes next instead */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecommendationFeedbackReply"];
                };
            };
            /** @description invalid_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    studentPreferences: {
        parameters: {
            query: {
                /** @description the course */
                course_id: string;
            };
            header?: never;
            path: {
                student_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How hard a student wants the items of a course to be */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Preferences"];
                };
            };
            /** @description invalid_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    setPreferences: {
        parameters: {
            query: {
                /** @description the course */
                course_id: string;
            };
            header?: never;
            path: {
                student_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PreferencesRequest"];
            };
        };
        responses: {
            /** @description Set how hard the items of a course should be for a student */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Preferences"];
                };
            };
            /** @description invalid_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    teachingRules: {
        parameters: {
            query?: {
                /** @description rules for one student, beside the course's */
                student_id?: string;
            };
            header?: never;
            path: {
                course_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What may be recommended in a course, in which order and by when */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeachingRulesReply"];
                };
            };
            /** @description invalid_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    setTeachingRules: {
        parameters: {
            query?: {
                /** @description rules for one student, beside the course's */
                student_id?: string;
            };
            header?: never;
            path: {
                course_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TeachingRules"];
            };
        };
        responses: {
            /** @description Set the rules of a course, or of one student in it; they replace those before */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeachingRulesReply"];
                };
            };
            /** @description invalid_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    explainItem: {
        parameters: {
            query: {
                /** @description the course */
                course_id: string;
                /** @description the one recommended now when absent */
                item_id?: string;
            };
            header?: never;
            path: {
                student_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Why an item: the reason, what its prediction is made of (pieces that sum to the change of the logit), and what a right or wrong answer would change */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ItemExplanation"];
                };
            };
            /** @description invalid_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    whatIf: {
        parameters: {
            query: {
                /** @description the course */
                course_id: string;
                /** @description the item that would be answered */
                item_id?: string;
                /** @description or the skill whose items would be answered in turn */
                skill_id?: string;
                /** @description how many answers are supposed */
                answers?: number;
                /** @description right (the default) or wrong, all of them */
                result?: string;
            };
            header?: never;
            path: {
                student_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Mastery and the next item as they would be after answers that never happened */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WhatIfReply"];
                };
            };
            /** @description invalid_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    planForStudent: {
        parameters: {
            query: {
                /** @description the course */
                course_id: string;
                /** @description a skill's id, or its name in either language */
                goal: string;
                /** @description there are; 0: no limit */
                minutes?: number;
                /** @description answers at most */
                steps?: number;
            };
            header?: never;
            path: {
                student_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What to practise to reach a goal within the minutes there are, with the mastery expected on the way; ask again after answers, and it plans anew */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Plan"];
                };
            };
            /** @description invalid_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    testStep: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TestRequest"];
            };
        };
        responses: {
            /** @description One step of an adaptive test: the answers so far in, the next question and the report so far out; question null means that the test is over. Record each answer with POST /v1/answers, which grades it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TestStep"];
                };
            };
            /** @description invalid_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    whoAmI: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Whether the server asks who comes, and who is signed in */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description invalid_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    signIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignInRequest"];
            };
        };
        responses: {
            /** @description Sign in; the reply sets a cookie. 429 when too many attempts were refused */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description invalid_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    signOut: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Sign out */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description invalid_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    addAccount: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AccountRequest"];
            };
        };
        responses: {
            /** @description Add an account; the first one closes an open server */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewAccount"];
                };
            };
            /** @description invalid_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    disableAccount: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                account_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Let nobody in under an account, and end its sessions */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Named"];
                };
            };
            /** @description invalid_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    addKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["KeyRequest"];
            };
        };
        responses: {
            /** @description Add a service key; the reply shows it this once */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewKey"];
                };
            };
            /** @description invalid_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    revokeKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Revoke a service key at once */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Named"];
                };
            };
            /** @description invalid_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    health: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Whether the server works, and what it serves */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            /** @description invalid_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listModels: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The student models this program has */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelList"];
                };
            };
            /** @description invalid_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    describeApi: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description This description */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenApi"];
                };
            };
            /** @description invalid_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    isAlive: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The process answers; where it does not, restart it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServerState"];
                };
            };
            /** @description invalid_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    isReady: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The run is loaded and the store can be read; 503 where not, or about to stop */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServerState"];
                };
            };
            /** @description invalid_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getMetrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Figures in Prometheus' text format, of the whole server */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain; version=0.0.4; charset=utf-8": components["schemas"]["Metrics"];
                };
            };
            /** @description invalid_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
}
